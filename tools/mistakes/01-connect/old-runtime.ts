import { endsDeploy, lines, mistake } from '../mistake.ts'

const NO_LONGER = /The runtime parameter of nodejs\S+ is no longer supported/

export default mistake({
  symptom: 'The function cannot be created or updated.',
  says: [NO_LONGER],
  cause: 'The function asks for a Node.js runtime that AWS no longer takes for new functions.',
  fix: 'Choose nodejs22.x or nodejs24.x.',
  at: 'steps/lambda.ts',
  line: /runtime:/,
  docs: 'troubleshooting/connect',
  matches: (evidence) => endsDeploy(evidence, [NO_LONGER]) || evidence.check.endsWith('-ready')
    && /^nodejs(\d|1\d|2[01])\./.test(evidence.chat.functions[evidence.about ?? (evidence.step === 1 ? 'putConnectedClientToDDB' : 'sendMessageToConnectedClient')]?.runtime ?? ''),
  break: lines('The runtime parameter of nodejs18.x is no longer supported for creating or updating AWS Lambda functions. We recommend you use a supported runtime while creating or updating functions.'),
})
