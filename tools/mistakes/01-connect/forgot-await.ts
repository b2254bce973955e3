import { edit, mistake } from '../mistake.ts'

/** A statement that sends a command and keeps nothing of it: neither awaited nor returned nor kept. */
const SENDS = /^\s*(?:void\s+)?[\w.]+\.(?:send\(\s*new \w*(?:Put|Update|Write)\w*\(|put\(|putItem\()/m

/** The same of a function of one's own that is async. */
const callsUnawaited = (source: string) => [...source.matchAll(/async function (\w+)\(/g)].some(([, name]) => new RegExp(`^\\s*(?:void\\s+)?${name}\\(`, 'm').test(source))

export default mistake({
  symptom: 'Clients get in, and only some rows appear, or they appear with the next client.',
  says: [/A client got in, but \S+ has no row with its connection id/],
  examples: ['seen   A client got in, but WebsocketConnection has no row with its connection id.'],
  tell: 'The handler answers 200 and the row is missing, or comes later.',
  // Lambda freezes the process once the answer is out (A13.5).
  cause: 'Nobody waits for the put: the function answers first, and Lambda freezes whatever is still under way.',
  fix: 'Write await in front of dynamoDB.send(…).',
  at: 'steps/01-connect/putConnectedClientToDDB.ts',
  line: /\.send\(/,
  docs: 'troubleshooting/connect',
  matches: ({ step, check, answer, handshake, source }) => step === 1 && ['stores-the-test-event', 'clients-get-in'].includes(check)
    && (answer?.status === 200 || handshake?.status === 101) && (SENDS.test(source) || callsUnawaited(source)),
  // The wait makes sure that the put is still under way when the answer is out, however slow the machine.
  break: edit('01-connect/putConnectedClientToDDB.ts',
    '  await dynamoDB.send(', `  remember(event.requestContext.connectionId)

  return { statusCode: 200, body: 'Connected.' }
}

async function remember(connectionId: string) {
  await new Promise((resolve) => { setTimeout(resolve, 300) })
  await dynamoDB.send(`,
    'event.requestContext.connectionId }', 'connectionId }',
    `\n\n  return { statusCode: 200, body: 'Connected.' } //`, '\n //'),
})
