import { fault, mistake, tells } from '../mistake.ts'

export default mistake({
  symptom: 'AccessDenied in the log, a minute after the grant was added.',
  says: [/is not authorized to perform: (?:dynamodb|execute-api|lambda):\w/],
  examples: [
    'AccessDeniedException: User: arn:aws:sts::111122223333:assumed-role/ChatStack-putRole/putConnectedClientToDDB is not authorized to perform: dynamodb:PutItem on resource: arn:aws:dynamodb:us-east-1:111122223333:table/WebsocketConnection',
  ],
  tell: 'It is minutes since you granted it, and the policy in the console allows the action. Else it is not granted.',
  cause: 'The policies allow it, and not every corner of AWS knows yet: a new policy takes up to a minute.',
  fix: 'Wait a minute, then verify again. This is the one wait that helps.',
  docs: 'troubleshooting/policy-propagation',
  matches: (evidence) => evidence.allowed.length > 0 && tells(evidence, /not authorized to perform/),
  break: fault({ kind: 'policy-delay', ms: 600_000 }),
})
