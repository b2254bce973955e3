import { edit, mistake } from '../mistake.ts'

export default mistake({
  symptom: 'The function says 200, the log is clean, and no row is in the table.',
  says: [/left no row \S+ in \S+\. The function answered \{"statusCode":2\d\d/],
  examples: ['The test event left no row testConnectionId in WebsocketConnection. The function answered {"statusCode":200,"body":"Connected."}'],
  cause: 'The put fails, and the handler catches that and says 200 all the same, so that nobody learns why.',
  fix: 'Log the error in the catch, with console.error, and throw it again. The log then names the cause.',
  at: 'steps/01-connect/putConnectedClientToDDB.ts',
  line: /\bcatch\b/,
  docs: 'troubleshooting/connect',
  matches: ({ step, check, answer, source }) => step === 1 && check === 'stores-the-test-event' && answer?.status === 200 && /\bcatch\b/.test(source)
    && /Put|Update|Write|\.put/.test(source),
  break: edit('01-connect/putConnectedClientToDDB.ts',
    '  await dynamoDB.send(', '  try {\n    await dynamoDB.send(',
    '{ S: event.requestContext.connectionId }', '{ N: event.requestContext.connectionId }',
    '  }))\n', '  }))\n  } catch {}\n'),
})
