import { edit, mayNot, mistake } from '../mistake.ts'

export default mistake({
  symptom: 'AccessDeniedException: … is not authorized to perform: dynamodb:DeleteItem',
  says: [/not authorized to perform: dynamodb:DeleteItem/],
  cause: 'The role of sendMessageToConnectedClient may not delete rows, so clients that left stay in the table.',
  fix: 'Grant it dynamodb:DeleteItem on the table.',
  todo: '2.5',
  at: 'steps/02-send-message/send-message.ts',
  line: /TODO 2\.5|grant/,
  docs: 'troubleshooting/send-message',
  matches: (evidence) => evidence.step === 2 && mayNot(evidence, 'dynamodb:DeleteItem') && !mayNot(evidence, 'dynamodb:Scan'),
  break: edit('02-send-message/send-message.ts', `, 'dynamodb:DeleteItem'`, ''),
})
