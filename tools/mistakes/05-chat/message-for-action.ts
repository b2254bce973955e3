import { edit, mistake } from '../mistake.ts'

export default mistake({
  symptom: 'Nobody hears a message that looks right.',
  says: [/frames\.chat sends \{\s*"message".+, which is not a message for/],
  examples: [
    'seen   frames.chat sends {"message": "sendMessage", "data": "hello"}, which is not a message for the route sendMessage whose data are words.',
  ],
  cause: 'The message names its route in another member than action, and $request.body.action is where the API looks.',
  fix: 'Send {"action": "sendMessage", "data": "hello"}.',
  at: 'steps/05-chat/frames.ts',
  line: /^ {2}chat:|"(message|route|type)": "sendMessage"/,
  docs: 'troubleshooting/forbidden',
  matches: ({ check, claim }) => check === 'chat-message' && /^\{\s*"/.test(claim?.sends ?? '') && !/"action"\s*:/.test(claim!.sends),
  break: edit('05-chat/frames.ts', `'{"action": "sendMessage", "data": "Ground Control to Major Tom"}'`, `'{"message": "sendMessage", "data": "Ground Control to Major Tom"}'`),
})
