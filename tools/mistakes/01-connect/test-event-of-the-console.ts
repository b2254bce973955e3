import { lines, mistakeOutside } from '../mistake.ts'

export default mistakeOutside({
  symptom: 'TypeError: Cannot read properties of undefined (reading \'connectionId\'), in the test of the console only.',
  says: [/Cannot read properties of undefined \(reading '(requestContext|connectionId|domainName|stage)'\)/, /Cannot destructure property '(?:connectionId|domainName|stage)' of '\w+\.requestContext' as it is undefined/],
  examples: [
    'TypeError: Cannot read properties of undefined (reading \'connectionId\')',
    'TypeError: Cannot destructure property \'connectionId\' of \'event.requestContext\' as it is undefined.',
  ],
  tell: 'It shows in a test by hand, and not when a real client connects: then the log has no such line.',
  cause: 'The function was tested with the console\'s own event (key1, key2, key3), which has no requestContext.',
  fix: 'Use the event of the workshop: paste steps/01-connect/test-event.json as the test event, or npm run invoke putConnectedClientToDDB',
  docs: 'troubleshooting/connect',
  break: lines('TypeError: Cannot read properties of undefined (reading \'connectionId\')'),
})
