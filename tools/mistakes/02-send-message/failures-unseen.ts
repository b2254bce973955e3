import { edit, mistake } from '../mistake.ts'

export default mistake({
  symptom: 'Every message is answered with "Data sent.", nobody hears it, and the log is clean.',
  says: [],
  cause: 'The posts fail, and the code looks at none of the failures: allSettled and an empty catch hide them.',
  fix: 'Log each failure: console.error(result.reason) where result.status is rejected. The log then names the cause.',
  at: 'steps/02-send-message/sendMessageToConnectedClient.ts',
  line: /allSettled|catch/,
  docs: 'troubleshooting/send-message',
  matches: ({ step, check, answer, frames, log, source }) => step === 2 && check === 'reaches-everyone' && answer?.status === 200 && frames.length === 0
    && !/\tERROR\t|Exception/.test(log) && /PostToConnection|postToConnection/.test(source) && /Scan|Query|\.scan\(|\.query\(/.test(source) && /\bcatch\b|allSettled/.test(source)
    && !/@connections\/?['"`]/.test(source) && !/\.forEach\(\s*async\b/.test(source),
  break: edit('02-send-message/sendMessageToConnectedClient.ts',
    `posts.filter((result) => result.status === 'rejected')`, '[] as { reason: unknown }[]',
    '`https://${domainName}/${stage}`', '`https://${domainName}`'),
})
