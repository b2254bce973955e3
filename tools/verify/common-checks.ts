import type { Answer, FunctionName } from '../mistakes/evidence.ts'
import { check, fail, type Context, type Outcome } from './check.ts'
import { invoke, seenIn, shownAnswer } from './invoke.ts'

const RUNTIMES_THAT_CAN_BE_CREATED = /^nodejs(2[2-9]|[3-9]\d)\.x$/

/** The function is there, active, and on a runtime that AWS still takes (D4.13 to D4.16). */
export const functionReady = (about: FunctionName, id = 'function-ready') => check(id, `${about} exists and is ready`, { about }, async ({ aws, chat, patience }) => {
  const found = await chat.function(about)
  if (!found) return fail(`There is no function ${chat.names[about]}.`)
  if (!RUNTIMES_THAT_CAN_BE_CREATED.test(found.runtime)) return fail(`Its runtime is ${found.runtime || 'that of a container image'}.`)

  const ready = await patience.until('A function that was just made or changed takes some seconds', 60, async () => {
    const { State, LastUpdateStatus } = await aws.lambda.getFunctionConfiguration({ FunctionName: found.name })
    return State !== 'Pending' && LastUpdateStatus !== 'InProgress' || undefined
  })
  if (!ready) return fail(`${found.name} is still being ${found.state === 'Pending' ? 'made' : 'updated'}.`)
})

/** Errors of the code itself, not of the table, the role or the settings that it works with. */
const isOfTheCode = ({ errorType = '', errorMessage = '' }: Answer) =>
  /^(Runtime|Sandbox)\./.test(errorType) || /^(Syntax|Reference|Type|Range)Error$/.test(errorType) || /Cannot find (module|package)/.test(errorMessage)

/** The code loads, and does something with an event: an answer, or an error of what it works with, which later checks look at. */
export const runsItsCode = (about: FunctionName, event: (context: Context) => Promise<unknown>) => check('runs-its-code', 'It runs, and does something', { needs: ['function-ready'], about }, async (context) => {
  const { aws, chat } = context
  const invocation = await invoke(aws, (await chat.function(about))!.name, await event(context))
  if (isOfTheCode(invocation.answer)) return fail(`The function failed: ${shownAnswer(invocation)}`, seenIn(invocation))
  const { errorType, errorMessage, status } = invocation.answer
  if (errorType === undefined && errorMessage === undefined && status === undefined)
    return fail(`The function was invoked and answered ${shownAnswer(invocation)}, without a status.`, seenIn(invocation))
})

/** The function learns the table's name from its environment. */
export const tableNameIsSet = (about: FunctionName) => check('table-name', 'TABLE_NAME is the table', { needs: ['function-ready'], about }, async ({ chat }) => {
  const { environment: { TABLE_NAME } } = (await chat.function(about))!
  const table = await chat.table()
  const wanted = table?.name ?? chat.names.table
  if (!table && about !== 'putConnectedClientToDDB') return fail(`There is no table ${wanted}. That is step 1: npm run verify:step-1`)
  if (TABLE_NAME === undefined) return fail(`${about} has no environment variable TABLE_NAME.`)
  if (TABLE_NAME !== wanted && !TABLE_NAME.endsWith(`:table/${wanted}`)) return fail(`TABLE_NAME of ${about} is "${TABLE_NAME}", and the table is ${wanted}.`)
})

/** The route exists, goes to the function, and may. */
export async function leadsToFunction({ chat }: Context, key: string, about: FunctionName): Promise<Outcome | undefined> {
  const routes = await chat.routes()
  const { name } = (await chat.function(about))!
  const route = routes.find((one) => one.key === key)
  const keys = routes.map((one) => one.key).join(', ')
  if (!route) return fail(`The API has no route ${key}${keys ? `, only ${keys}` : ''}.`)
  if (!route.integration) return fail(`The route ${key} leads nowhere: it has no integration.`)
  if (route.functionName !== name) return fail(`The route ${key} leads to ${route.functionName ?? `a ${route.integration.type} integration`}, not to ${name}.`)
  if (route.mayInvoke === false) return fail(`API Gateway may not invoke ${name} for the route ${key}: the function's policy does not say so.`)
}
