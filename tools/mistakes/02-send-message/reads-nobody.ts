import { edit, mistake } from '../mistake.ts'

export default mistake({
  symptom: 'Every message is answered with "Data sent.", and nobody hears it.',
  says: [],
  cause: 'The function does not look into the table, so it knows nobody to post to.',
  fix: 'Scan the table for its connection ids.',
  todo: '2.2',
  at: 'steps/02-send-message/sendMessageToConnectedClient.ts',
  line: /TODO 2\.2|function connectedClients/,
  docs: 'troubleshooting/send-message',
  matches: ({ step, check, source }) => step === 2 && check === 'reaches-everyone' && source !== '' && !/Scan|Query|\.scan\(|\.query\(/.test(source),
  break: edit('02-send-message/sendMessageToConnectedClient.ts', `for await (const { Items = [] } of pages) ids.push(...Items.flatMap(({ connectionId }) => connectionId?.S ?? []))`, '',
    `const pages = paginateScan({ client: dynamoDB }, { TableName: process.env.TABLE_NAME, ProjectionExpression: 'connectionId' })`, ''),
})
