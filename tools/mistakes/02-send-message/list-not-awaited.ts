import { edit, mistake, tells } from '../mistake.ts'

const NO_LIST = /\.(map|filter|flatMap|forEach) is not a function|is not iterable/

export default mistake({
  symptom: 'TypeError: clients.map is not a function',
  says: [NO_LIST],
  cause: 'What should be a list of ids is a promise of one: an await is missing where the table is read.',
  fix: 'const clients = await connectedClients().',
  at: 'steps/02-send-message/sendMessageToConnectedClient.ts',
  line: /connectedClients\(\)/,
  docs: 'troubleshooting/send-message',
  matches: (evidence) => evidence.step >= 2 && tells(evidence, NO_LIST),
  break: edit('02-send-message/sendMessageToConnectedClient.ts', 'await connectedClients()', 'connectedClients() as any'),
})
