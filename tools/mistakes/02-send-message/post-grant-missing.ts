import { edit, mayNot, mistake } from '../mistake.ts'

export default mistake({
  symptom: 'Silence, and AccessDeniedException for execute-api:ManageConnections in the log.',
  says: [/not authorized to perform: execute-api:ManageConnections/],
  cause: 'The role may not post to connections: no policy of it allows execute-api:ManageConnections on this API.',
  fix: 'Let the function manage the connections of the API.',
  todo: '2.5',
  at: 'steps/02-send-message/send-message.ts',
  line: /TODO 2\.5|grant/,
  docs: 'troubleshooting/send-message',
  matches: (evidence) => evidence.step >= 2 && mayNot(evidence, 'execute-api:ManageConnections'),
  break: edit('02-send-message/send-message.ts', 'api.grantManageConnections(sendMessageToConnectedClient)', ''),
})
