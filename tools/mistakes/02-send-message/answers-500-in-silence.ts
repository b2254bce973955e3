import { edit, mistake } from '../mistake.ts'

export default mistake({
  symptom: 'Silence after every message, and no error in the log.',
  says: [/connected clients heard the message\. The function answered \{"statusCode":5\d\d/],
  examples: ['seen   0 of 3 connected clients heard the message. The function answered {"statusCode":500}'],
  // Routes are one-way: the status and the body that the function answers are seen by nobody (A8.2).
  cause: 'The handler catches the error and answers 500, which nobody sees: what a function answers to a message goes nowhere.',
  fix: 'Log the error in the catch, with console.error, before the return. The log then names the cause.',
  at: 'steps/02-send-message/sendMessageToConnectedClient.ts',
  line: /catch/,
  docs: 'troubleshooting/send-message',
  matches: ({ step, check, answer, log, source }) => step === 2 && check === 'reaches-everyone' && (answer?.status ?? 0) >= 500 && !/\tERROR\t|Exception/.test(log)
    && !/Exception|Error/.test(answer?.body ?? '') && /\bcatch\b/.test(source),
  break: edit('02-send-message/sendMessageToConnectedClient.ts',
    'const posts = await Promise.allSettled(clients.map((connectionId) => post(api, connectionId, text)))',
    `const posts: PromiseSettledResult<void>[] = []
  try {
    for (const connectionId of clients) await post(api, connectionId, text)
  } catch {
    return { statusCode: 500 }
  }`,
    '`https://${domainName}/${stage}`', '`https://${domainName}`'),
})
