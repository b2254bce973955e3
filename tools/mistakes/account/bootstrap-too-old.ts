import { machine, mistakeOutside } from '../mistake.ts'

/** What stacks of this library's version ask for (G2.1). */
const LEAST_VERSION = 6

export default mistakeOutside({
  symptom: 'This CDK deployment requires bootstrap stack version 6, found 4.',
  says: [/requires bootstrap stack version/, /CDK bootstrap stack version \d+ required/],
  cause: 'The account was bootstrapped by an old CDK, before roles and parameters that today\'s needs.',
  fix: 'Bring it up to date: npm run cdk bootstrap',
  docs: 'troubleshooting/account',
  machine: {
    subject: 'bootstrap', severity: 'fail',
    seen: ({ bootstrap }) => bootstrap?.version !== undefined && bootstrap.version < LEAST_VERSION ? `version ${bootstrap.version}; ${LEAST_VERSION} is needed` : undefined,
  },
  break: machine({ bootstrap: { version: 4 } }),
})
