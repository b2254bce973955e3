import { edit, mistake, tells } from '../mistake.ts'

export default mistake({
  symptom: 'Error: No value provided for input HTTP label: ConnectionId.',
  says: [/(No|Empty) value provided for input HTTP label: ConnectionId/],
  cause: 'The ids are undefined: the code reads another member of the rows than connectionId, or one that the Scan leaves out.',
  fix: 'Read connectionId of each item, and let ProjectionExpression name it, too.',
  at: 'steps/02-send-message/sendMessageToConnectedClient.ts',
  line: /Items/,
  docs: 'troubleshooting/send-message',
  matches: (evidence) => evidence.step >= 2 && tells(evidence, /(No|Empty) value provided for input HTTP label: ConnectionId/),
  break: edit('02-send-message/sendMessageToConnectedClient.ts', 'Items.flatMap(({ connectionId }) => connectionId?.S ?? [])', 'Items.map(({ id }) => id?.S as string)'),
})
