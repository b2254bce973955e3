import type { FunctionName } from '../mistakes/evidence.ts'
import { CheckFailed, fail, pass, type Context, type Fail, type Outcome } from './check.ts'
import type { Invocation } from './invoke.ts'
import { allowedActions, isOverruled, postArn, refusedAction, tableArn } from './policies.ts'
import type { Room } from './room.ts'

export const POST = 'execute-api:ManageConnections'

/** On which of these stages, and the participant's own, a function may post. Undefined: nobody lets us ask. */
export async function stagesItMayPostTo({ aws, cloud, chat }: Context, names: string[], about: FunctionName = 'sendMessageToConnectedClient') {
  const { role } = (await chat.function(about))!
  const api = await chat.api()
  if (!api) throw new CheckFailed(fail(`There is no WebSocket API ${chat.names.api}. That is step 1: npm run verify:step-1`))

  const theirs = (await chat.stage())?.name
  const allowed: string[] = []
  for (const name of new Set(theirs ? [theirs, ...names] : names)) {
    const actions = await allowedActions(aws, role, [POST], postArn(cloud, api.id, name))
    if (!actions) return undefined
    if (actions.length > 0) allowed.push(name)
  }
  return allowed
}

/** The action refused inside the function, if its policies do allow it: then AWS does not know everywhere yet (E2.8). */
export async function refusedThoughAllowed(context: Context, about: FunctionName, stage: string | undefined, invocation: Invocation): Promise<string[]> {
  return await allowedOfRefused(context, about, stage, invocation) ?? []
}

/**
 * Whether what the function was refused may work in a moment: a new policy takes its time (E2.8), while one that is not there, or that another one
 * overrules, will never come. Where nobody lets us read policies, the time has to tell.
 */
export async function mayArriveYet(context: Context, about: FunctionName, stage: string | undefined, invocation: Invocation): Promise<boolean> {
  if (!refusedAction(invocation) || isOverruled(invocation)) return false
  return (await allowedOfRefused(context, about, stage, invocation))?.length !== 0
}

/** The refused action, where the role's policies allow it; empty where they do not; undefined where nobody lets us ask. */
async function allowedOfRefused({ aws, cloud, chat }: Context, about: FunctionName, stage: string | undefined, invocation: Invocation) {
  const action = refusedAction(invocation)
  if (!action) return []

  const { role } = (await chat.function(about))!
  const resource = action === POST ? postArn(cloud, (await chat.api())!.id, stage ?? '*') : tableArn(cloud, (await chat.table())!.name)
  return allowedActions(aws, role, [action], resource)
}

/** A grant for the participant's own stage cannot be tried on a stage of ours. It is right all the same, and step 4 tries it. */
export async function failUnlessNarrow(context: Context, room: Room, failure: Fail, about?: FunctionName): Promise<Outcome> {
  if (!room.own) return failure
  const stages = await stagesItMayPostTo(context, [room.stage, 'beta'], about)
  if (!stages || stages.includes(room.stage) || stages.length === 0) return failure
  return pass(`judged by its policy: it may post to the stage ${stages.join(', ')} only, and verify tried another`)
}
