import { edit, mistake } from '../mistake.ts'

export default mistake({
  symptom: 'People who left stay in the table until a broadcast meets a 410.',
  says: [/The route \$disconnect leads to .+, not to removeDisconnectedClient.*/],
  examples: ['seen   The route $disconnect leads to a MOCK integration, not to removeDisconnectedClient.'],
  cause: 'The route $disconnect does not lead to removeDisconnectedClient: the mock of step 3, or nothing, is still there.',
  fix: 'Give $disconnect a Lambda integration with removeDisconnectedClient.',
  todo: '6.4',
  at: 'steps/06-goodbye/goodbye.ts',
  line: /TODO 6\.4|\$disconnect/,
  docs: 'troubleshooting/goodbye',
  matches: ({ step, check, chat }) => step === 6 && check === 'disconnect-route' && !chat.routes!.some(({ key, functionName }) => key === '$disconnect' && functionName === chat.functions.removeDisconnectedClient?.name),
  break: edit('06-goodbye/goodbye.ts', `chat.route('$disconnect', new WebSocketLambdaIntegration('DisconnectIntegration', removeDisconnectedClient))`, ''),
})
