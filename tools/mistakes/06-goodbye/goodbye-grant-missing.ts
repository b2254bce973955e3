import { edit, mayNot, mistake } from '../mistake.ts'

export default mistake({
  symptom: 'AccessDeniedException for execute-api:ManageConnections in the log of sayGoodbye.',
  says: [],
  cause: 'The role of sayGoodbye may not post to connections of this API, or may not end them: the same action allows both.',
  fix: 'Let it manage the connections of the API.',
  todo: '6.5',
  at: 'steps/06-goodbye/goodbye.ts',
  line: /TODO 6\.5|grantManageConnections/,
  docs: 'troubleshooting/goodbye',
  matches: (evidence) => evidence.step === 6 && evidence.about === 'sayGoodbye' && mayNot(evidence, 'execute-api:ManageConnections'),
  break: edit('06-goodbye/goodbye.ts', 'api.grantManageConnections(sayGoodbye)', ''),
})
