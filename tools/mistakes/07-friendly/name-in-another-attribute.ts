import { edit, mistake } from '../mistake.ts'

export default mistake({
  symptom: 'The name is in the table, and nobody is called by it.',
  says: [],
  cause: 'It is written to one attribute, and another is read.',
  fix: 'Write and read the same attribute: nickname, in UpdateExpression and in ProjectionExpression.',
  todo: '7.4',
  at: 'steps/07-friendly/understandPlainText.ts',
  line: /UpdateExpression/,
  docs: 'troubleshooting/friendly',
  matches: ({ check, seen }) => check === 'takes-a-name' && /Its row has the name, as (?!nickname)/.test(seen),
  break: edit('07-friendly/understandPlainText.ts', `'SET nickname = :name'`, `'SET nick = :name'`),
})
