import { edit, mistake } from '../mistake.ts'

export default mistake({
  symptom: 'Forbidden was expected, and the message finds its route all the same.',
  says: [/frames\.(?:chat|noData) says "Forbidden.*/],
  examples: ['seen   A client sent {"action": "sendMessage"} and read nothing. frames.noData says "Forbidden".'],
  cause: 'The route sendMessage takes this message, whether $default is there or not: it never gets as far as $default.',
  fix: 'Write the same as reads.',
  at: 'steps/05-chat/frames.ts',
  line: /^ {2}(chat|noData):/,
  docs: 'troubleshooting/forbidden',
  matches: ({ check, claim }) => check === 'without-default' && ['chat', 'noData'].includes(claim?.kind ?? '') && /Forbidden/i.test(claim!.reads) && claim!.came !== undefined,
  break: edit('05-chat/frames.ts', `withoutDefault: 'silence', // a route takes it`, `withoutDefault: 'Forbidden', // a route takes it`),
})
