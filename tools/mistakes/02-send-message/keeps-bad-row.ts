import { edit, mistake } from '../mistake.ts'

export default mistake({
  symptom: 'BadRequestException: Invalid connectionId: testConnectionId',
  says: [/Invalid connectionId/],
  cause: 'The row testConnectionId was never a client, and a post to it answers 400 for ever. The handler treats only 410 as gone.',
  fix: 'Treat a BadRequestException like a GoneException: delete the row.',
  at: 'steps/02-send-message/sendMessageToConnectedClient.ts',
  line: /GoneException/,
  docs: 'troubleshooting/stale-connections',
  matches: ({ check, source }) => check === 'survives-a-bad-row' && source !== '' && !/\bPromise\.all\(/.test(source) && !/BadRequestException|\b400\b/.test(source.replaceAll(/statusCode:\s*400/g, '')),
  break: edit('02-send-message/sendMessageToConnectedClient.ts', ` || (error instanceof Error && error.name === 'BadRequestException')`, ''),
})
