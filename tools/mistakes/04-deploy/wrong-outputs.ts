import { edit, mistake } from '../mistake.ts'

export default mistake({
  symptom: 'wscat hangs or answers 403 at the printed URL.',
  says: [/(WebSocketURL|ConnectionURL) is \S+, and the stage is at/],
  examples: ['seen   WebSocketURL is wss://1tv3vum7ac.execute-api.us-west-2.amazonaws.com, and the stage is at wss://1tv3vum7ac.execute-api.us-west-2.amazonaws.com/beta.'],
  cause: 'A printed URL does not lead to the stage: wss:// is for clients, https:// for posting, and both end in the stage.',
  fix: 'WebSocketURL is stage.url, ConnectionURL is stage.callbackUrl with /@connections.',
  at: 'steps/04-deploy/deploy.ts',
  line: /new CfnOutput/,
  docs: 'troubleshooting/deploy',
  matches: ({ check, chat }) => check === 'outputs' && Boolean(chat.stack?.outputs.WebSocketURL && chat.stack.outputs.ConnectionURL),
  break: edit('04-deploy/deploy.ts', '{ value: stage.url }', '{ value: chat.api.apiEndpoint }'),
})
