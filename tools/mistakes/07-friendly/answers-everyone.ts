import { edit, mistake } from '../mistake.ts'

export default mistake({
  symptom: 'Everyone reads the answer to everyone\'s /who.',
  says: [],
  cause: 'The answer to a command is posted to all, and not to the one who typed it.',
  fix: 'Post it to event.requestContext.connectionId only.',
  at: 'steps/07-friendly/understandPlainText.ts',
  line: /const answer|post\(/,
  docs: 'troubleshooting/friendly',
  matches: ({ check, seen }) => ['bye-is-private', 'nobody-else-reads'].includes(check) && !/typed \/dance/.test(seen),
  break: edit('07-friendly/understandPlainText.ts', 'const answer = (text: string) => post(api, connectionId, text)', '', 'const meaning =', 'const answer = (text: string) => Promise.all(people.map((one) => post(api, one.connectionId, text)))\n  const meaning ='),
})
