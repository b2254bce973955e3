import { mistake, spoil } from '../mistake.ts'

export default mistake({
  symptom: 'ResourceNotFoundException: Requested resource not found.',
  says: [/ResourceNotFoundException.*Requested resource not found/, /Requested resource not found: Table: \S+ not found/],
  cause: 'The table of connections does not exist in this account and region.',
  fix: 'Make the table and deploy.',
  todo: '1.3',
  at: 'steps/01-connect/connect.ts',
  line: /TODO 1\.3|new Table\(/,
  docs: 'troubleshooting/connect',
  matches: ({ step, check, chat }) => check === 'table-exists' || step > 1 && check === 'table-name' && chat.table === undefined,
  break: spoil(({ dynamodb, chat }) => dynamodb.deleteTable({ TableName: chat.table!.name })),
})
