import { edit, mistake } from '../mistake.ts'

export default mistake({
  symptom: 'Silence, where Forbidden was expected.',
  says: [/read nothing\. frames\.(?!chat|noData)\w+ says .*Forbidden/],
  examples: ['seen   A client sent hello and read nothing. frames.notJson says "Forbidden".'],
  cause: '$default takes what no other route takes, and its mock says nothing. Forbidden comes where nobody takes a message.',
  fix: 'While $default is there it is silence; withoutDefault is where Forbidden belongs.',
  at: 'steps/05-chat/frames.ts',
  line: /reads: 'Forbidden'/,
  docs: 'troubleshooting/forbidden',
  matches: ({ step, check, claim }) => step === 5 && !['without-default', 'chat-message', 'no-data'].includes(check) && claim?.came?.length === 0 && /Forbidden/i.test(claim.reads),
  break: edit('05-chat/frames.ts', `reads: 'silence', // $default takes`, `reads: 'Forbidden', // $default takes`),
})
