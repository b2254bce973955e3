import { deployMistake, edit } from '../mistake.ts'

export default deployMistake({
  symptom: '… is not built into the local AWS. It works on AWS: npm run use aws',
  says: [/is not built into the local AWS/],
  cause: 'The stack asks for something that AWS has and the local AWS of this kit does not.',
  fix: 'Do it without, as the solution does (npm run solve shows it), or work on AWS: npm run use aws.',
  docs: 'troubleshooting/deploy',
  break: edit('01-connect/connect.ts', `new WebSocketLambdaIntegration('ConnectIntegration', putConnectedClientToDDB)) //`,
    `new WebSocketLambdaIntegration('ConnectIntegration', putConnectedClientToDDB))
  ;(chat.node.findAll().find(({ node }) => node.id === 'ConnectIntegration')!.node.defaultChild as any).integrationType = 'AWS' //`),
})
