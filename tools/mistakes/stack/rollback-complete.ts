import { deployMistake, lines } from '../mistake.ts'

// G2.5
export default deployMistake({
  symptom: 'Stack:arn:… is in ROLLBACK_COMPLETE state and can not be updated.',
  says: [/is in ROLLBACK_COMPLETE state and can ?not be updated/, /(?<!UPDATE_)\bROLLBACK_COMPLETE\b/],
  cause: 'The first deploy of the stack failed and was undone. What is left is an empty shell, which can only be deleted.',
  fix: 'npm run destroy, then npm run deploy, and mend what the first failed event names.',
  docs: 'troubleshooting/deploy',
  break: lines('ValidationError: Stack:arn:aws:cloudformation:us-east-1:111122223333:stack/ChatStack/0f3b is in ROLLBACK_COMPLETE state and can not be updated.'),
})
