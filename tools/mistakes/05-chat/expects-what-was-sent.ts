import { edit, mistake } from '../mistake.ts'

export default mistake({
  symptom: 'The words come back, and not the message that was sent.',
  says: [/frames\.chat says "\{.*/],
  examples: [
    'seen   A client sent {"action": "sendMessage", "data": "hello"} and read "hello". frames.chat says "{\\"action\\": \\"sendMessage\\", \\"data\\": \\"hello\\"}".',
  ],
  cause: 'The function posts the data of the message, so what clients read are the words alone.',
  fix: 'Write the words as reads, without the JSON around them.',
  at: 'steps/05-chat/frames.ts',
  line: /^ {2}chat:/,
  docs: 'troubleshooting/chat',
  matches: ({ check, claim }) => check === 'chat-message' && (claim?.came?.length ?? 0) > 0 && /"data"\s*:/.test(claim!.reads),
  break: edit('05-chat/frames.ts', `reads: 'Ground Control to Major Tom', //`, `reads: '{"action": "sendMessage", "data": "Ground Control to Major Tom"}', //`),
})
