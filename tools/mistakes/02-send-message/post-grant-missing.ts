import { edit, mayNot, mistake } from '../mistake.ts'

export default mistake({
  symptom: 'Silence, and AccessDeniedException for execute-api:ManageConnections in the log.',
  says: [/not authorized to perform: execute-api:ManageConnections/],
  examples: ['AccessDeniedException: User: arn:aws:sts::111122223333:assumed-role/r/sendMessageToConnectedClient is not authorized to perform: execute-api:ManageConnections on resource: arn:aws:execute-api:us-east-1:********3333:1tv3vum7ac/beta/POST/@connections/{connectionId}'],
  cause: 'The role may not post to connections: no policy of it allows execute-api:ManageConnections on this API.',
  fix: 'Let the function manage the connections of the API.',
  todo: '2.5',
  at: 'steps/02-send-message/send-message.ts',
  line: /TODO 2\.5|grant/,
  docs: 'troubleshooting/send-message',
  matches: (evidence) => evidence.step >= 2 && mayNot(evidence, 'execute-api:ManageConnections'),
  break: edit('02-send-message/send-message.ts', 'api.grantManageConnections(sendMessageToConnectedClient)', ''),
})
