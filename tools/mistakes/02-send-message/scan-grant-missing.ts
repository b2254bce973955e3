import { edit, mayNot, mistake } from '../mistake.ts'

export default mistake({
  symptom: 'AccessDeniedException: … is not authorized to perform: dynamodb:Scan',
  says: [/not authorized to perform: dynamodb:(Scan|Query)/],
  cause: 'The role of sendMessageToConnectedClient may not read the table.',
  fix: 'Grant it dynamodb:Scan on the table.',
  todo: '2.5',
  at: 'steps/02-send-message/send-message.ts',
  line: /TODO 2\.5|grant/,
  docs: 'troubleshooting/send-message',
  matches: (evidence) => evidence.step === 2 && mayNot(evidence, 'dynamodb:Scan'),
  break: edit('02-send-message/send-message.ts', `'dynamodb:Scan', `, ''),
})
