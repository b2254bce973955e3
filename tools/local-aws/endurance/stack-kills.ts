import assert from 'node:assert/strict'
import { begin, changedTemplate, chatTemplate, destroy, failing, stackOf, STACK } from './chat-stack.ts'
import { inventoryOf, openClients, type Clients } from './inventory.ts'
import type { Graveyard, Victim } from './victim-process.ts'

type Scenario = {
  /** Makes what is there before. */
  prepare(clients: Clients): Promise<unknown>
  /** Begins the operation in the middle of which the local AWS dies. */
  act(clients: Clients): Promise<unknown>
  /** How the stack may come to rest, and what is there then; `none`: there is no stack. */
  rests: Record<string, 'before' | 'after' | 'nothing'>
  /** The rest of a stack that knows nothing of the operation. */
  unheard: string
}

const create = async (clients: Clients) => {
  await begin(clients, 'createStack', chatTemplate)
  assert.equal((await stackOf(clients))?.StackStatus, 'CREATE_COMPLETE')
}
const nothing = async () => {}

/** The operations of CloudFormation, and what may come of each when it is cut off. */
export const scenarios = {
  'create': {
    prepare: nothing, act: (clients) => begin(clients, 'createStack', chatTemplate), unheard: 'none',
    rests: { none: 'nothing', ROLLBACK_COMPLETE: 'nothing', CREATE_COMPLETE: 'after' },
  },
  'update': {
    prepare: create, act: (clients) => begin(clients, 'updateStack', changedTemplate), unheard: 'CREATE_COMPLETE',
    rests: { CREATE_COMPLETE: 'before', UPDATE_ROLLBACK_COMPLETE: 'before', UPDATE_COMPLETE: 'after' },
  },
  'delete': {
    prepare: create, act: ({ cloudformation }) => cloudformation.deleteStack({ StackName: STACK }), unheard: 'CREATE_COMPLETE',
    rests: { CREATE_COMPLETE: 'before', none: 'nothing' },
  },
  'create that fails': {
    prepare: nothing, act: (clients) => begin(clients, 'createStack', failing(chatTemplate)), unheard: 'none',
    rests: { none: 'nothing', ROLLBACK_COMPLETE: 'nothing' },
  },
  'update that fails': {
    prepare: create, act: (clients) => begin(clients, 'updateStack', failing(changedTemplate)), unheard: 'CREATE_COMPLETE',
    rests: { CREATE_COMPLETE: 'before', UPDATE_ROLLBACK_COMPLETE: 'before' },
  },
} satisfies Record<string, Scenario>
export type ScenarioName = keyof typeof scenarios

/** `rests`: how often the stack was found in which status after a kill. */
export type Tally = { points: number, rests: Record<string, number> }

/**
 * Kills the local AWS after the stack events `points` of an operation, each time starts it again on the same state, and asserts that the stack
 * is at rest, that nothing is left over, and that the whole deploy can be made and taken away again. Ends early where there are fewer events.
 */
export async function killAtEvents(yard: Graveyard, name: ScenarioName, points: Iterable<number>): Promise<Tally> {
  const { prepare, act, rests, unheard }: Scenario = scenarios[name]
  const tally: Tally = { points: 0, rests: {} }
  let victim = await yard.start()
  let clients = openClients(victim.client)
  const nothingThere = await inventoryOf(clients, yard.state)
  const after = await inventoryAfter()

  for (const count of points) {
    await prepare(clients)
    const before = await inventoryOf(clients, yard.state)
    const { isOver, isAnswered } = await dieDuring(victim, clients, count)
    if (isOver) break
    assert.deepEqual(await yard.leftBehind(), [], `${name} ${count}: processes and temporary files`)
    victim = await yard.start()
    clients = openClients(victim.client)

    const stack = await stackOf(clients)
    const status = stack?.StackStatus ?? 'none'
    assert.ok(!(isAnswered && status === unheard), `${name} ${count}: the operation was taken on, and is forgotten`)
    const expected = { before, after, nothing: nothingThere }[rests[status] ?? assert.fail(`${name} ${count}: the stack rests in ${status}`)]
    assert.deepEqual(await inventoryOf(clients, yard.state), expected, `${name} ${count}: what is there in ${status}`)
    if (/ROLLBACK/.test(status) && !name.endsWith('fails')) assert.match(await reasonOfRollback(clients), /^The local AWS stopped during this operation/)
    tally.points++
    tally.rests[status] = (tally.rests[status] ?? 0) + 1

    assert.equal(await destroy(clients), 'DELETE_COMPLETE')
    await create(clients)
    assert.equal(await destroy(clients), 'DELETE_COMPLETE')
    assert.deepEqual(await inventoryOf(clients, yard.state), nothingThere, `${name} ${count}: after the repetition`)
  }
  await victim.stop()
  return tally

  async function inventoryAfter() {
    await prepare(clients)
    await act(clients)
    await stackOf(clients)
    const found = await inventoryOf(clients, yard.state)
    await destroy(clients)
    return found
  }

  /** `isOver`: the operation ended before it had `count` events. `isAnswered`: CloudFormation had taken it on. */
  async function dieDuring(dying: Victim, asking: Clients, count: number) {
    await dying.arm({ kind: 'stack', count })
    let isAnswered = false
    const done = act(asking).then(() => {
      isAnswered = true
      return stackOf(asking)
    }).then(() => true, () => dying.dead.then(() => false))
    const isOver = await Promise.race([done, dying.dead.then(() => false)])
    if (isOver) {
      await dying.arm({ kind: 'stack', count: Number.MAX_SAFE_INTEGER })
      await destroy(asking)
    }
    return { isOver, isAnswered }
  }
}

async function reasonOfRollback({ cloudformation }: Clients) {
  const { StackEvents = [] } = await cloudformation.describeStackEvents({ StackName: STACK })
  return StackEvents.find(({ ResourceStatus, LogicalResourceId }) => LogicalResourceId === STACK && ResourceStatus!.endsWith('ROLLBACK_IN_PROGRESS'))?.ResourceStatusReason ?? ''
}
