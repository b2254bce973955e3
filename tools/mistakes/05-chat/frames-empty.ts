import { edit, mistake } from '../mistake.ts'

export default mistake({
  symptom: 'The first of the frames is empty.',
  says: [/frames\.chat is not filled in yet.*/],
  examples: ['seen   frames.chat is not filled in yet.'],
  cause: 'Nobody has written down yet what to send and what comes back.',
  fix: 'Try it with npm run wscat, then fill in sends, reads and withoutDefault.',
  todo: '5.1',
  at: 'steps/05-chat/frames.ts',
  line: /^ {2}chat:/,
  docs: 'troubleshooting/chat',
  matches: ({ check, claim }) => check === 'chat-message' && claim !== undefined && (!claim.sends.trim() || !claim.reads.trim()),
  break: edit('05-chat/frames.ts', `reads: 'Ground Control to Major Tom', //`, `reads: '', //`),
})
