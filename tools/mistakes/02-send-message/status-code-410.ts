import { edit, mistake } from '../mistake.ts'

export default mistake({
  symptom: 'People who left stay in the table for ever, and each broadcast gets slower.',
  says: [/GoneException: UnknownError/],
  examples: ['2026-11-20T10:15:02.101Z\te0f1\tERROR\tGoneException: UnknownError'],
  cause: 'The handler tests `error.statusCode === 410`. SDK v3 errors have no statusCode, so the row is never deleted.',
  fix: 'Test `error instanceof GoneException`.',
  at: 'steps/02-send-message/sendMessageToConnectedClient.ts',
  line: /statusCode\b.*410/,
  docs: 'troubleshooting/stale-connections',
  matches: ({ check, source }) => check === 'prunes-the-gone' && /\bstatusCode\s*===?\s*410\b|\b410\s*===?\s*\w+\.statusCode/.test(source),
  break: edit('02-send-message/sendMessageToConnectedClient.ts', 'error instanceof GoneException', '(error as any).statusCode === 410'),
})
