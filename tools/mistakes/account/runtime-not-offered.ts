import { machine, mistakeOutside } from '../mistake.ts'

export default mistakeOutside({
  symptom: 'Value nodejs22.x at \'runtime\' failed to satisfy constraint: Member must satisfy enum value set',
  says: [/at 'runtime' failed to satisfy constraint: Member must satisfy enum value set/],
  cause: 'Lambda of this region or partition does not know the runtime that the functions are made for.',
  fix: 'Work in another region (npm run use aws region=eu-west-1), or name an offered runtime in steps/lambda.ts.',
  at: 'steps/lambda.ts',
  line: /runtime:/,
  docs: 'troubleshooting/account',
  machine: {
    subject: 'lambda', severity: 'fail',
    seen: ({ lambda }) => {
      const missing = Object.entries(lambda?.runtimes ?? {}).filter(([, known]) => !known).map(([name]) => name)
      return missing.includes('nodejs22.x') ? `${missing.join(' and ')} unknown to Lambda here` : undefined
    },
  },
  break: machine({ lambda: { concurrent: 1000, unreserved: 1000, runtimes: { 'nodejs22.x': false } } }),
})
