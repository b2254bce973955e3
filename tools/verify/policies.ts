import type { ChosenCloud } from '../lib/cloud.ts'
import { isDenied, type Aws } from './aws.ts'
import type { Invocation } from './invoke.ts'

/** A statement of a resource policy, as far as it matters here. */
export type Statement = {
  Effect: string
  Principal?: string | Record<string, string | string[]>
  Action?: string | string[]
  Condition?: Record<string, Record<string, string | string[]>>
}

/** Whether a function's policy lets the API's route invoke it on any stage at all; which stage is not this question. */
export function invokePermission(statements: Statement[], { account, region, apiId, routeKey }: { account: string, region: string, apiId: string, routeKey: string }) {
  return statements.some((statement) => statement.Effect === 'Allow'
    && isGateway(statement.Principal)
    && [statement.Action ?? []].flat().some((action) => covers(action.toLowerCase(), 'lambda:invokefunction'))
    && sourceArns(statement).every((patterns) => patterns.some((pattern) => coversRoute(pattern, `arn:aws:execute-api:${region}:${account}:${apiId}/`, `/${routeKey}`))))
}

const isGateway = (principal: Statement['Principal']) =>
  principal === '*' || [(typeof principal === 'object' ? principal.Service ?? principal.AWS : undefined) ?? []].flat().some((one) => one === '*' || one === 'apigateway.amazonaws.com')

/** The patterns of each `SourceArn` condition; condition keys are case-insensitive (D5.2). */
const sourceArns = ({ Condition = {} }: Statement) => Object.values(Condition).flatMap((keys) =>
  Object.entries(keys).filter(([key]) => key.toLowerCase() === 'aws:sourcearn').map(([, value]) => [value].flat()))

/** A pattern with a stage of its own (`…:API/beta/$connect`) covers the route as well as `…:API/*$connect` does. */
function coversRoute(pattern: string, beforeStage: string, afterStage: string) {
  const stage = pattern.startsWith(beforeStage) ? pattern.slice(beforeStage.length).split('/')[0] : undefined
  return covers(pattern, `${beforeStage}any-stage${afterStage}`) || Boolean(stage) && covers(pattern, `${beforeStage}${stage}${afterStage}`)
}

/** IAM's wildcards: `*` is any number of any characters, also `/` and `:`; `?` is one (E2.3). */
export const covers = (pattern: string, text: string) =>
  new RegExp(`^${pattern.replaceAll(/[.+^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*').replaceAll('?', '.')}$`).test(text)

/**
 * Which of `actions` a function's role may do on `resource`, by its policies. Undefined where nobody lets us ask: then the attempt has to tell.
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulatePrincipalPolicy.html
 */
export async function allowedActions(aws: Aws, roleArn: string, actions: string[], resource: string): Promise<string[] | undefined> {
  try {
    const { EvaluationResults = [] } = await aws.iam.simulatePrincipalPolicy({ PolicySourceArn: roleArn, ActionNames: actions, ResourceArns: [resource] })
    return EvaluationResults.filter(({ EvalDecision }) => EvalDecision === 'allowed').map(({ EvalActionName }) => EvalActionName!)
  } catch (error) {
    if (isDenied(error)) return undefined
    throw error
  }
}

export const tableArn = ({ region, account }: ChosenCloud, table: string) => `arn:aws:dynamodb:${region}:${account}:table/${table}`

/** What `postToConnection` asks for on `stage` (B5.5). */
export const postArn = ({ region, account }: ChosenCloud, apiId: string, stage: string) => `arn:aws:execute-api:${region}:${account}:${apiId}/${stage}/POST/@connections/*`

/** The action that AWS refused inside the function, by the text of its error (E1). */
export const refusedAction = ({ answer, log }: Invocation) =>
  /not authorized to perform: ([\w-]+:\w+)/.exec(`${answer.payload}\n${log}`)?.[1]

/** Whether it was refused by something that no grant to the role changes: an explicit deny, a boundary, the organization, the session (E1, E2.1). */
export const isOverruled = ({ answer, log }: Invocation) =>
  /not authorized to perform: [\s\S]*?(with an explicit deny|because no (permissions boundary|service control policy|resource control policy|session policy))/.test(`${answer.payload}\n${log}`)
