import { edit, mistake } from '../mistake.ts'

export default mistake({
  symptom: 'A message that was copied from a document answers Forbidden, or nothing.',
  says: [/frames\.\w+ sends .*[“”„‘’].*, which is not (?:a message|text)/],
  examples: [
    'seen   frames.chat sends {“action”: “sendMessage”, “data”: “hello”}, which is not a message for the route sendMessage whose data are words.',
  ],
  cause: 'The quotes are curly or single. JSON knows straight double quotes only, so this is plain text and no route takes it.',
  fix: 'Type straight double quotes: {"action": "sendMessage", "data": "hello"}',
  at: 'steps/05-chat/frames.ts',
  line: /[“”„‘’]/,
  docs: 'troubleshooting/chat',
  matches: ({ step, check, claim }) => step === 5 && check !== 'not-json' && claim !== undefined && /[“”„‘’]|\{\s*'/.test(claim.sends),
  break: edit('05-chat/frames.ts', `'{"action": "sendMessage", "data": "Ground Control to Major Tom"}'`, `'{“action”: “sendMessage”, “data”: “Ground Control to Major Tom”}'`),
})
