import { edit, mistake } from '../mistake.ts'

export default mistake({
  symptom: 'One bad row, and everyone gets an error.',
  says: [/"errorType":"BadRequestException","errorMessage":"Invalid connectionId.*/],
  examples: [
    '2026-11-25T02:58:06.945Z\tc5aa\tERROR\tInvoke Error \t{"errorType":"BadRequestException","errorMessage":"Invalid connectionId: testConnectionId"}',
  ],
  cause: 'Promise.all gives up at the first post that fails, so one bad connection fails the whole broadcast.',
  fix: 'Wait with Promise.allSettled, then look at each result.',
  at: 'steps/02-send-message/sendMessageToConnectedClient.ts',
  line: /Promise\.all\(/,
  docs: 'troubleshooting/stale-connections',
  matches: ({ check, source }) => check === 'survives-a-bad-row' && /\bPromise\.all\(/.test(source),
  break: edit('02-send-message/sendMessageToConnectedClient.ts',
    'Promise.allSettled(', 'Promise.all(',
    `posts.filter((result) => result.status === 'rejected')`, '[] as { reason: unknown }[]',
    ` || (error instanceof Error && error.name === 'BadRequestException')`, ''),
})
