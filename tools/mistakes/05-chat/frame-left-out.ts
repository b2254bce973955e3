import { edit, mistake } from '../mistake.ts'

export default mistake({
  symptom: 'One of the frames is empty.',
  says: [/frames\.(?!chat\b)\w+ is not filled in yet/],
  examples: ['seen   frames.notJson is not filled in yet.'],
  cause: 'A text of this frame is still empty, and nothing at all is written as silence.',
  fix: 'Try it with npm run wscat, then fill in sends, reads and withoutDefault.',
  at: 'steps/05-chat/frames.ts',
  line: /TODO 5\.|: ''/,
  docs: 'troubleshooting/chat',
  matches: ({ step, check, claim }) => step === 5 && check !== 'chat-message' && claim !== undefined && (!claim.sends.trim() || !claim.reads.trim()),
  break: edit('05-chat/frames.ts', `notJson: { sends: 'hello', reads: 'silence'`, `notJson: { sends: 'hello', reads: ''`),
})
