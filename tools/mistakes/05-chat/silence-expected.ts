import { edit, mistake } from '../mistake.ts'

export default mistake({
  symptom: '{"message": "Forbidden", …}, where silence was expected.',
  says: [/reads? "Forbidden"\. frames\.\w+ says "(?!Forbidden)/],
  examples: ['seen   A client that sends hello reads "Forbidden". frames.notJson says "silence".'],
  cause: 'Without $default nobody takes the message, and the gateway itself answers Forbidden. It is about routes, not about permissions.',
  fix: 'Write Forbidden as withoutDefault.',
  at: 'steps/05-chat/frames.ts',
  line: /withoutDefault: 'silence'/,
  docs: 'troubleshooting/forbidden',
  matches: ({ check, claim }) => check === 'without-default' && claim?.came?.includes('Forbidden') === true && !/Forbidden/i.test(claim.reads),
  break: edit('05-chat/frames.ts', `notJson: { sends: 'hello', reads: 'silence', withoutDefault: 'Forbidden' }`, `notJson: { sends: 'hello', reads: 'silence', withoutDefault: 'silence' }`),
})
