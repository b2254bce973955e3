import { edit, mistake } from '../mistake.ts'

/** Posts whose end nobody waits for: forEach ignores what an async function answers, and so does a statement that keeps no promise. */
const NOT_AWAITED = /\.forEach\(\s*async\b|^\s*(?:void\s+)?(?:Promise\.all(?:Settled)?\(|\w+\.map\(\s*async\b|post\()/m

export default mistake({
  symptom: 'The function says that all is sent, and nobody hears it, or only some, or everyone one message later.',
  says: [],
  // Reported in the wild as broadcasts that work locally and get lost on AWS (A13.5).
  cause: 'Nobody waits for the posts: the function answers, and Lambda freezes what is still under way.',
  fix: 'await Promise.allSettled(ids.map(post)). forEach does not wait, whatever its function does.',
  at: 'steps/02-send-message/sendMessageToConnectedClient.ts',
  line: /forEach|Promise\.all/,
  docs: 'troubleshooting/send-message',
  matches: ({ step, check, answer, source }) => step >= 2 && ['reaches-everyone', 'reads-every-page'].includes(check) && answer?.status === 200 && NOT_AWAITED.test(source),
  // The wait makes sure that the posts are still under way when the answer is out, however slow the machine.
  break: edit('02-send-message/sendMessageToConnectedClient.ts',
    'const posts = await Promise.allSettled(clients.map((connectionId) => post(api, connectionId, text)))',
    'clients.forEach(async (connectionId) => {\n    await new Promise((resolve) => { setTimeout(resolve, 300) })\n    await post(api, connectionId, text)\n  })\n  const posts: PromiseSettledResult<void>[] = []'),
})
