import type { Evidence } from '../evidence.ts'
import { edit, mistake } from '../mistake.ts'

const regionIn = (arn: string | undefined) => arn?.split(':')[3]

/** The region of the table that the function was refused, if it is another one than the function's own. */
function foreignRegion({ log, answer, chat }: Evidence) {
  const own = regionIn(Object.values(chat.functions)[0]?.arn)
  const [, asked] = /on resource: arn:aws:dynamodb:([\w-]+):/.exec(`${answer?.errorMessage ?? ''}\n${log}`) ?? []
  return own && asked && own !== asked ? asked : undefined
}

export default mistake({
  symptom: 'AccessDenied or ResourceNotFound for a table of the right name, in the wrong region.',
  says: [],
  cause: 'The code names a region of its own, and the table is in the region of the function.',
  fix: 'Make the client without a region: new DynamoDBClient(). Lambda tells it the right one.',
  at: 'steps/01-connect/putConnectedClientToDDB.ts',
  line: /region:/,
  docs: 'troubleshooting/connect',
  matches: (evidence) => foreignRegion(evidence) !== undefined,
  break: edit('01-connect/putConnectedClientToDDB.ts', 'new DynamoDBClient()', `new DynamoDBClient({ region: 'us-west-2' })`),
})
