import { readFileSync } from 'node:fs'
import path from 'node:path'
import { KitError } from '../lib/kit-error.ts'
import { say } from '../lib/output.ts'
import { root, shown } from '../lib/paths.ts'
import { unless, openAws } from '../verify/aws.ts'
import { findChat, functionNames } from '../verify/find.ts'
import type { FunctionName } from '../mistakes/evidence.ts'
import { parsed } from './arguments.ts'
import type { Command } from './command.ts'
import { notDeployed } from './not-deployed.ts'
import { withCloud } from './with-cloud.ts'

const usage = 'npm run invoke FUNCTION'
const TEST_EVENT = 'steps/01-connect/test-event.json'

export const command: Command = {
  summary: "Calls a function by hand with the seed's test event, and shows its answer, its log, and what it left in the table.",
  usage,
  details: [`FUNCTION     one of ${functionNames.join(', ')}`, `event=FILE   another event than ${TEST_EVENT}`],
  example: 'npm run invoke putConnectedClientToDDB',
  async run(args) {
    const { values, positionals: [name] } = parsed(args, { event: { type: 'string' } }, usage, { words: 1 })
    if (!functionNames.includes(name as FunctionName))
      throw new KitError({ what: name ? `There is no function "${name}".` : 'Which function?', next: `${usage}, where FUNCTION is one of ${functionNames.join(', ')}` })
    const file = path.resolve(root, values.event ?? TEST_EVENT)
    const event = readEvent(file)
    return withCloud(async (cloud) => {
      const aws = openAws(cloud)
      try {
        const chat = findChat({ aws, cloud })
        const found = await chat.function(name as FunctionName)
        if (!found) throw await notDeployed(name!, { aws, cloud, chat })

        const table = (await chat.table())?.name
        const id = event.requestContext?.connectionId
        const { StatusCode, FunctionError, Payload, LogResult } = await aws.lambda.invoke({ FunctionName: found.name, Payload: JSON.stringify(event), LogType: 'Tail' })
        say(`Sent    ${shown(file)} to ${found.name}`)
        say(`Answer  ${Buffer.from(Payload ?? '').toString() || `status ${StatusCode}`}`)
        say(`Log\n${Buffer.from(LogResult ?? '', 'base64').toString().trimEnd().replaceAll(/^/gm, '  ')}`)
        if (table && id) await showRow(aws, table, id)
        return FunctionError ? 1 : 0
      } finally {
        aws.close()
      }
    })
  },
}

async function showRow(aws: ReturnType<typeof openAws>, table: string, connectionId: string) {
  const found = await unless(['ResourceNotFoundException', 'ValidationException'], aws.dynamodb.getItem({ TableName: table, Key: { connectionId: { S: connectionId } }, ConsistentRead: true }))
  if (!found?.Item) return say(`Row     none with connectionId "${connectionId}" in ${table}`)

  say(`Row     ${JSON.stringify(found.Item)} in ${table}`)
  if (connectionId !== 'testConnectionId') return
  await aws.dynamodb.deleteItem({ TableName: table, Key: { connectionId: { S: connectionId } } })
  say('        Taken out again: no client ever had this id, so each broadcast would try it and be answered 400 BadRequestException for ever.')
}

function readEvent(file: string): { requestContext?: { connectionId?: string } } {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch (error) {
    throw new KitError({ what: `The event is not readable JSON: ${(error as Error).message}.`, where: shown(file), next: `Mend the file, or leave event= out to send ${TEST_EVENT}.` })
  }
}
