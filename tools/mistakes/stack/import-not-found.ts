import { deployMistake, edit } from '../mistake.ts'

export default deployMistake({
  symptom: 'Could not resolve "./lambda.ts"',
  says: [/Could not resolve "[^"]+"/],
  cause: 'An import names a file or a package that is not there.',
  fix: 'Compare the path with the folders: ../lambda.ts is one up, and the ending .ts belongs to it.',
  docs: 'troubleshooting/deploy',
  break: edit('01-connect/connect.ts', `'../lambda.ts'`, `'./lambda.ts'`),
})
