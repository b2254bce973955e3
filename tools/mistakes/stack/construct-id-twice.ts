import { deployMistake, edit } from '../mistake.ts'

export default deployMistake({
  symptom: 'There is already a Construct with name \'Api\' in ChatStack',
  says: [/There is already a Construct with name '[^']*' in /],
  cause: 'Two constructs of the stack have the same id: the second argument of new …(chat, \'id\', …).',
  fix: 'Give the second one another id. Ids only tell constructs apart; names of resources are the properties.',
  docs: 'troubleshooting/deploy',
  break: edit('01-connect/connect.ts', `new Table(chat, 'WebsocketConnection'`, `new Table(chat, 'Api'`),
})
