import { machine, mistakeOutside } from '../mistake.ts'

export default mistakeOutside({
  symptom: 'Every invocation is throttled, also the first.',
  says: [/ReservedFunctionConcurrentInvocationLimitExceeded/, /decreases account's UnreservedConcurrentExecution below its minimum value/],
  examples: ['Reason: ReservedFunctionConcurrentInvocationLimitExceeded'],
  cause: 'Functions of the account have reserved all of its concurrency, so none is left for yours.',
  fix: 'Take a reservation away: aws lambda delete-function-concurrency --function-name NAME, or ask Service Quotas for more.',
  docs: 'troubleshooting/account',
  machine: {
    subject: 'lambda', severity: 'fail',
    seen: ({ lambda }) => lambda?.unreserved === 0 ? `0 of ${lambda.concurrent ?? 'the'} concurrent executions are unreserved` : undefined,
  },
  break: machine({ lambda: { concurrent: 10, unreserved: 0, runtimes: {} } }),
})
