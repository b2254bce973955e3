import { mistake, spoil } from '../mistake.ts'

export default mistake({
  symptom: 'wscat: Unexpected server response: 403',
  says: [/Unexpected (?:server response|response code): 403/, /The API has no stage/],
  examples: ['error: Unexpected server response: 403', 'seen   The API has no stage.'],
  tell: 'aws apigatewayv2 get-stages lists no stage of the name that the URL ends in.',
  cause: 'The API has no stage, so there is no URL to connect to.',
  fix: 'Make the stage beta, with autoDeploy.',
  todo: '4.1',
  at: 'steps/04-deploy/deploy.ts',
  line: /TODO 4\.1|new WebSocketStage/,
  docs: 'troubleshooting/deploy',
  matches: ({ check, chat }) => check === 'stage-exists' && chat.api !== undefined,
  break: spoil(({ apigatewayv2, chat }) => apigatewayv2.deleteStage({ ApiId: chat.api!.id, StageName: chat.stage!.name })),
})
