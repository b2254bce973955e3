import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { systemClock } from '../clock.ts'
import type { Cloud } from '../cloud.ts'
import { createEvents } from '../events.ts'
import { createFaults } from '../faults.ts'
import { uuid } from '../ids.ts'
import type { Context, Principal } from '../service.ts'
import { createStore } from '../store.ts'
import { createEngine } from './engine/engine.ts'
import { alreadyExists, HandlerFailure } from './handler-failure.ts'
import { operationsOf } from './index.ts'
import { resourceType } from './resource-type.ts'
import type { Stack } from './state.ts'

const place = { account: '000000000000', region: 'us-east-1' }
const caller: Principal = {
  kind: 'user', account: place.account, arn: 'arn:aws:iam::000000000000:user/tester', userId: 'AIDATESTER', userName: 'tester',
}

type Thing = { Name?: string, Size?: number, Kind?: string, Note?: unknown, Fail?: string }

/**
 * For tests: CloudFormation alone, with things of no service: `AWS::Test::Thing` is named by its template or by us, `AWS::Test::Item` by
 * "its service".
 */
export async function testStacks({ root: given, world = new Map<string, Thing>() }: { root?: string, world?: Map<string, Thing> } = {}) {
  const root = given ?? await mkdtemp(path.join(tmpdir(), 'local-aws-cloudformation-'))
  const calls: string[] = []
  let gate: { at?: string, opened: Promise<void> } | undefined
  const step = async (what: string, id: string, { Fail }: Thing) => {
    calls.push(`${what} ${id}`)
    if (gate && (gate.at ?? calls.at(-1)) === calls.at(-1)) await gate.opened
    if (Fail === what)
      throw new HandlerFailure('ValidationException', `${what} went wrong (Service: Test, Status Code: 400, Request ID: 1)`, 'InvalidRequest')
  }
  const properties = { Name: 'string', Size: 'number', Kind: 'string', Note: 'any', Fail: 'string' } as const
  const types = {
    'AWS::Test::Thing': resourceType<Thing>({
      properties, replacedBy: ['Name', 'Kind'], attributes: ['Arn'], nameProperty: 'Name', tagged: true,
      plan: ({ Name }, { stackName, logicalId }) => Name ?? `${stackName}-${logicalId}-${calls.length}`,
      exists: async ({ Name = '' }) => world.has(Name),
      async create(thing, { id }) {
        await step('create', id, thing)
        if (world.has(id)) throw alreadyExists('AWS::Test::Thing', id)
        world.set(id, thing)
        return { attributes: { Arn: `arn:aws:test:us-east-1:000000000000:thing/${id}` } }
      },
      async update(thing, { id }) {
        await step('update', id, thing)
        world.set(id, thing)
      },
      async delete(thing, { id }) {
        await step('delete', id, thing)
        world.delete(id)
      },
    }),
    'AWS::Test::Item': resourceType<Thing>({
      properties, replacedBy: 'every property', attributes: [],
      async create(thing) {
        const id = `item${calls.length}`
        await step('create', id, thing)
        world.set(id, thing)
        return { id }
      },
      async delete(thing, { id }) {
        await step('delete', id, thing)
        world.delete(id)
      },
    }),
  }

  const stops: (() => void | Promise<void>)[] = []
  const events = createEvents(systemClock.now)
  const cloud: Cloud = {
    store: createStore(root), events, faults: createFaults(), clock: systemClock, url: 'http://127.0.0.1:0',
    authority: { trusts: () => true, openSession: (arn: string) => ({ principal: { ...caller, arn } }) } as unknown as Cloud['authority'],
    call: (service, operation) => Promise.reject(new Error(`no ${service} ${operation} in this test`)),
    onStop: (action) => { stops.push(action) },
  }
  const engine = createEngine({ cloud, place, types })
  const operations = operationsOf(engine)
  const context: Context = { ...place, caller, operation: '', requestId: uuid(), baseUrl: cloud.url, headers: {} }

  return {
    root, world, calls, cloud, engine, operations, context,
    /** Holds every step, or the one like `create a`, until the answer is called. */
    hold(at?: string) {
      let release: (() => void) | undefined
      gate = { at, opened: new Promise((resolve) => { release = resolve }) }
      return () => { gate = undefined; release?.() }
    },
    /** Creates or updates a stack through a change set, as the CDK does; resolves when the stack is at rest. */
    async deploy(StackName: string, template: object, more: object = {}) {
      const exists = engine.stacks.find(StackName) !== undefined
      const created = await operations.CreateChangeSet!({
        StackName, ChangeSetName: 'set', ChangeSetType: exists ? 'UPDATE' : 'CREATE', TemplateBody: JSON.stringify(template), ...more,
      }, context)
      await operations.ExecuteChangeSet!({ ChangeSetName: created.Id!, ...more }, context)
      await engine.settled(created.StackId!)
      return engine.stacks.get(created.StackId)
    },
    async destroy(StackName: string, more: object = {}) {
      const { id } = engine.stacks.get(StackName)
      await operations.DeleteStack!({ StackName, ...more }, context)
      await engine.settled(id)
      return engine.stacks.get(id)
    },
    async stop() {
      for (const action of stops) await action()
      await cloud.store.flush()
      if (!given) await rm(root, { recursive: true, force: true })
    },
  }
}

/** The events of a stack as lines, oldest first: `Logical STATUS reason`, request ids masked; `S` is the stack. */
export const eventLines = (stack: Pick<Stack, 'events'>, from = 0) =>
  stack.events.slice(from).map(({ logicalId, type, status, reason }) => {
    const subject = type === 'AWS::CloudFormation::Stack' ? 'S' : logicalId
    return [subject, status, reason?.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, 'UUID')].filter((part) => part !== undefined).join(' ')
  })
