import { machine, mistakeOutside } from '../mistake.ts'

/** New accounts begin with 10; a room of 30 that says hello at once needs more (D4.18). */
const SMALL = 50

export default mistakeOutside({
  symptom: 'Messages get lost as soon as a dozen people write at once.',
  says: [/ConcurrentInvocationLimitExceeded/, /TooManyRequestsException: Rate Exceeded|Rate Exceeded\./, /CallerRateLimitExceeded/],
  examples: ['TooManyRequestsException: Rate Exceeded. Reason: ConcurrentInvocationLimitExceeded'],
  cause: 'The account may run only a few functions at once: new accounts begin with 10, others have 1,000.',
  fix: 'Enough for you alone. For a room: ask in Service Quotas for "Concurrent executions". Reserve none of them.',
  docs: 'troubleshooting/account',
  machine: {
    subject: 'lambda', severity: 'warn',
    seen: ({ lambda }) => lambda?.unreserved !== undefined && lambda.unreserved > 0 && lambda.unreserved < SMALL ? `${lambda.unreserved} concurrent executions` : undefined,
  },
  break: machine({ lambda: { concurrent: 10, unreserved: 10, runtimes: { 'nodejs22.x': true } } }),
})
