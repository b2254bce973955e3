import { deployMistake, edit } from '../mistake.ts'

export default deployMistake({
  symptom: 'Expected ";" but found "…", or: Unexpected end of file',
  says: [/Expected ("[^"]*"|identifier) but found/, /Unexpected end of file/, /Unexpected "[^"]*"/, /Unterminated (string|regular expression|template)/, /Unexpected (const|export|identifier)\b/],
  examples: ['steps/01-connect/putConnectedClientToDDB.ts:15:0 Unexpected end of file', '✘ [ERROR] Expected ";" but found "statusCode"'],
  cause: 'The file is no valid TypeScript: a bracket, a quote or a comma is missing, or one too many.',
  fix: 'Look at the line that is named, and at the one above: an editor shows the bracket that has no other half.',
  docs: 'troubleshooting/deploy',
  break: edit('01-connect/putConnectedClientToDDB.ts', `body: 'Connected.' }`, `body: 'Connected.' `),
})
