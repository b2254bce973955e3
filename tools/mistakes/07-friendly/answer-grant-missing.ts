import { edit, mayNot, mistake } from '../mistake.ts'

export default mistake({
  symptom: 'AccessDeniedException for execute-api:ManageConnections in the log of understandPlainText.',
  says: [],
  cause: 'The role of understandPlainText may not post to connections of this API, or may not end them: the same action allows both.',
  fix: 'Let it manage the connections of the API.',
  todo: '7.1',
  at: 'steps/07-friendly/friendly.ts',
  line: /TODO 7\.1|grantManageConnections/,
  docs: 'troubleshooting/friendly',
  matches: (evidence) => evidence.step === 7 && evidence.about === 'understandPlainText' && mayNot(evidence, 'execute-api:ManageConnections'),
  break: edit('07-friendly/friendly.ts', 'api.grantManageConnections(understandPlainText)', ''),
})
