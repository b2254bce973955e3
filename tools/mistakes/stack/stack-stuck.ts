import { deployMistake, lines } from '../mistake.ts'

export default deployMistake({
  symptom: 'Stack:arn:… is in UPDATE_ROLLBACK_FAILED state and can not be updated.',
  says: [/\b(UPDATE_ROLLBACK_FAILED|DELETE_FAILED|ROLLBACK_FAILED)\b/],
  cause: 'CloudFormation could not put back or delete something, and waits for a person: often what was deleted by hand.',
  fix: 'npm run destroy, more than once if need be: it also looks for what is left. Then deploy again.',
  docs: 'troubleshooting/deploy',
  break: lines('ValidationError: Stack:arn:aws:cloudformation:us-east-1:111122223333:stack/ChatStack/0f3b is in UPDATE_ROLLBACK_FAILED state and can not be updated.'),
})
