import { deployMistake, lines } from '../mistake.ts'

// G2.4. Whoever mends the key of a deployed table meets it.
export default deployMistake({
  symptom: 'CloudFormation cannot update a stack when a custom-named resource requires replacing. Rename … and update the stack again.',
  says: [/custom-named resource requires replacing/],
  cause: 'The change makes the table (or another resource with a name) anew, and two of one name cannot be there at once.',
  fix: 'npm run destroy, then deploy again. The rows are lost, and here nobody misses them.',
  docs: 'troubleshooting/deploy',
  break: lines('CloudFormation cannot update a stack when a custom-named resource requires replacing. Rename WebsocketConnection and update the stack again.'),
})
