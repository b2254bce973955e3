import { lines, mistakeOutside } from '../mistake.ts'

export default mistakeOutside({
  symptom: 'aws: command not found',
  says: [/(?:command not found: aws\b|\baws: (?:command )?not found)/, /(?:'aws'|The term 'aws') is not recognized as/],
  examples: [
    'zsh: command not found: aws',
    'bash: aws: command not found',
    '\'aws\' is not recognized as an internal or external command,',
  ],
  cause: 'The AWS CLI is not on this machine. The workshop works without it.',
  fix: 'Do the same by the kit (npm run deploy, logs, destroy) or in the console. To install it: https://aws.amazon.com/cli/',
  docs: 'troubleshooting/machine',
  break: lines('zsh: command not found: aws'),
})
