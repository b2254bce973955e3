import { edit, mistake, tells } from '../mistake.ts'

export default mistake({
  symptom: 'The log says: Attribute name is a reserved keyword.',
  says: [/Attribute name is a reserved keyword; reserved keyword: \w+/],
  examples: ['ValidationException: Invalid UpdateExpression: Attribute name is a reserved keyword; reserved keyword: name'],
  cause: 'DynamoDB keeps the word `name`, and some hundred others, for itself: an expression must not use it for an attribute.',
  fix: 'Call the attribute nickname, or write #name and say in ExpressionAttributeNames what that stands for.',
  at: 'steps/07-friendly/understandPlainText.ts',
  line: /SET name|UpdateExpression/,
  docs: 'troubleshooting/friendly',
  matches: (evidence) => evidence.step === 7 && tells(evidence, /reserved keyword/),
  break: edit('07-friendly/understandPlainText.ts', `'SET nickname = :name'`, `'SET name = :name'`),
})
