import { deployMistake, lines } from '../mistake.ts'

export default deployMistake({
  symptom: '--app is required either in command-line, in cdk.json or in ~/.cdk.json',
  says: [/--app is required/],
  cause: 'The CDK was started in a folder without cdk.json, so it does not know the program.',
  fix: 'Go to the folder of the kit, where package.json and cdk.json are, and take npm run deploy.',
  docs: 'troubleshooting/deploy',
  break: lines('--app is required either in command-line, in cdk.json or in ~/.cdk.json'),
})
