import { edit, mistake, tells } from '../mistake.ts'

export default mistake({
  symptom: 'ValidationException, as if there were no connection id.',
  says: [/Supplied AttributeValue is empty/, /Missing the key connectionId in the item/],
  examples: [
    'ValidationException: Supplied AttributeValue is empty, must contain exactly one of the supported datatypes',
    'ValidationException: One or more parameter values were invalid: Missing the key connectionId in the item',
  ],
  cause: 'The code reads event.connectionId, which is undefined. The id is a level deeper.',
  fix: 'Read event.requestContext.connectionId.',
  at: 'steps/01-connect/putConnectedClientToDDB.ts',
  line: /event\b.*\.connectionId/,
  docs: 'troubleshooting/connect',
  matches: (evidence) => evidence.step === 1 && /\bevent\.connectionId\b/.test(evidence.source) && tells(evidence, /ValidationException|AttributeValue|connectionId|undefined/),
  break: edit('01-connect/putConnectedClientToDDB.ts', 'event.requestContext.connectionId', '(event as any).connectionId'),
})
