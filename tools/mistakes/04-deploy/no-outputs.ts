import { edit, mistake } from '../mistake.ts'

export default mistake({
  symptom: 'After the deployment nobody knows the URL.',
  says: [],
  cause: 'The stack does not print WebSocketURL and ConnectionURL: TODO 4.2 is open.',
  fix: 'TODO 4.2: print both as outputs of the stack.',
  at: 'steps/04-deploy/deploy.ts',
  line: /TODO 4\.2|new CfnOutput/,
  docs: 'troubleshooting/deploy',
  matches: ({ check, chat }) => check === 'outputs' && (!chat.stack?.outputs.WebSocketURL || !chat.stack.outputs.ConnectionURL),
  break: edit('04-deploy/deploy.ts', `new CfnOutput(chat, 'WebSocketURL', { value: stage.url })`, ''),
})
