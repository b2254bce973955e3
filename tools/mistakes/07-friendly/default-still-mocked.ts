import { edit, mistake } from '../mistake.ts'

export default mistake({
  symptom: 'Plain text is still answered by silence.',
  says: [],
  cause: 'The route $default does not lead to understandPlainText: the mock of step 3, or nothing, is still there.',
  fix: 'Give $default a Lambda integration with understandPlainText.',
  todo: '7.1',
  at: 'steps/07-friendly/friendly.ts',
  line: /TODO 7\.1|\$default/,
  docs: 'troubleshooting/friendly',
  matches: ({ step, check, chat }) => step === 7 && check === 'default-route' && !chat.routes!.some(({ key, functionName }) => key === '$default' && functionName === chat.functions.understandPlainText?.name),
  break: edit('07-friendly/friendly.ts', `chat.route('$default', new WebSocketLambdaIntegration('DefaultIntegration', understandPlainText))`, ''),
})
