import { mistake, spoil } from '../mistake.ts'

export default mistake({
  symptom: '{"message": "Forbidden", …} although the route exists, or silence where $default is deployed. Waiting does not help.',
  says: [/"message": "Forbidden", "connectionId":/, /and its stage \S+ answers \{"message": "Forbidden"/],
  examples: ['{"message": "Forbidden", "connectionId":"eHrdFcnvvHcCE-w=", "requestId":"eHrjDEuVPHcFWMg="}'],
  tell: 'get-routes shows the route, and the stage\'s DeploymentId is older than it: no waiting helps.',
  cause: 'The route is not in the deployed stage: it was added after the last deployment.',
  fix: 'Deploy again to the same stage: autoDeploy: true (console: Deploy API).',
  at: 'steps/04-deploy/deploy.ts',
  line: /autoDeploy|new WebSocketStage/,
  docs: 'troubleshooting/forbidden',
  matches: ({ step, check, chat }) => step === 4 && check === 'serves-the-routes' && chat.stage?.autoDeploy !== true,
  break: spoil(async ({ apigatewayv2, chat }) => {
    const ApiId = chat.api!.id
    const route = chat.routes!.find(({ key }) => key === 'sendMessage')!
    const { DeploymentId: before } = await apigatewayv2.getStage({ ApiId, StageName: chat.stage!.name })
    await apigatewayv2.deleteRoute({ ApiId, RouteId: route.id })
    // The stage follows by itself, a moment later (C6.8); only then may it be told to stop following.
    for (let i = 0; i < 100 && (await apigatewayv2.getStage({ ApiId, StageName: chat.stage!.name })).DeploymentId === before; i++) await new Promise((resolve) => { setTimeout(resolve, 50) })
    await apigatewayv2.updateStage({ ApiId, StageName: chat.stage!.name, AutoDeploy: false })
    await apigatewayv2.createRoute({ ApiId, RouteKey: route.key, Target: `integrations/${route.integration!.id}` })
  }),
})
