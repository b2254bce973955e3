import { edit, mayNot, mistake } from '../mistake.ts'

export default mistake({
  symptom: 'AccessDeniedException for execute-api:ManageConnections in the log of sayGoodbye.',
  says: [/sayGoodbye is not authorized to perform: execute-api:ManageConnections/],
  examples: [
    'AccessDeniedException: User: arn:aws:sts::111122223333:assumed-role/ChatStack-sayGoodbyeRole/sayGoodbye is not authorized to perform: execute-api:ManageConnections on resource: arn:aws:execute-api:us-east-1:111122223333:a1b2c3d4e5/beta/POST/@connections/*',
  ],
  cause: 'The role of sayGoodbye may not post to connections of this API, or may not end them: the same action allows both.',
  fix: 'Let it manage the connections of the API.',
  todo: '6.5',
  at: 'steps/06-goodbye/goodbye.ts',
  line: /TODO 6\.5|grantManageConnections/,
  docs: 'troubleshooting/goodbye',
  matches: (evidence) => evidence.step === 6 && evidence.about === 'sayGoodbye' && mayNot(evidence, 'execute-api:ManageConnections'),
  break: edit('06-goodbye/goodbye.ts', 'api.grantManageConnections(sayGoodbye)', ''),
})
