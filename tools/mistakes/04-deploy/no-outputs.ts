import { edit, mistake } from '../mistake.ts'

export default mistake({
  symptom: 'After the deployment nobody knows the URL.',
  says: [/The stack has no output/],
  examples: ['seen   The stack has no output WebSocketURL.'],
  cause: 'The stack does not print WebSocketURL and ConnectionURL.',
  fix: 'Print both as outputs of the stack.',
  todo: '4.2',
  at: 'steps/04-deploy/deploy.ts',
  line: /TODO 4\.2|new CfnOutput/,
  docs: 'troubleshooting/deploy',
  matches: ({ check, chat }) => check === 'outputs' && (!chat.stack?.outputs.WebSocketURL || !chat.stack.outputs.ConnectionURL),
  break: edit('04-deploy/deploy.ts', `new CfnOutput(chat, 'WebSocketURL', { value: stage.url })`, ''),
})
