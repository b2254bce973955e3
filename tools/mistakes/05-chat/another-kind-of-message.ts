import { edit, mistake } from '../mistake.ts'

export default mistake({
  symptom: 'A frame shows another thing than its name says.',
  says: [/frames\.\w+ sends .+, which is not (?:a message|text)/],
  examples: ['seen   frames.notJson sends {"action": "sendMessage", "data": "hello"}, which is not text that is not JSON.'],
  cause: 'The message is not one of the kind that this frame is about, so it shows nothing about that kind.',
  fix: 'Read the question above the frame again, and change what it sends.',
  at: 'steps/05-chat/frames.ts',
  line: /TODO 5\.|export const frames/,
  docs: 'troubleshooting/chat',
  matches: ({ step, claim }) => step === 5 && claim !== undefined && claim.came === undefined && Boolean(claim.sends.trim() && claim.reads.trim())
    && !/[“”„‘’]|\{\s*'/.test(claim.sends),
  break: edit('05-chat/frames.ts', `'{"action": "sendmessage", "data": "hello"}'`, `'{"action": "sendMessage", "data": "hello"}'`),
})
