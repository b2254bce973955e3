import { deployMistake, lines } from '../mistake.ts'

export default deployMistake({
  symptom: 'Stack:arn:… is in UPDATE_IN_PROGRESS state and can not be updated.',
  says: [/is in (\w+_)?IN_PROGRESS state and can ?not be (updated|deleted)/, /is currently (being )?(updated|deployed|in progress)/i],
  cause: 'Something else is changing the stack: another terminal, somebody with the same suffix, or a deploy that was given up.',
  fix: 'Wait until it has come to rest, then deploy again. Let one terminal deploy: npm start, or npm run deploy.',
  docs: 'troubleshooting/deploy',
  break: lines('ValidationError: Stack:arn:aws:cloudformation:us-east-1:111122223333:stack/ChatStack/0f3b is in UPDATE_IN_PROGRESS state and can not be updated.'),
})
