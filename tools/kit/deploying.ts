import path from 'node:path'
import type { ChosenCloud } from '../lib/cloud.ts'
import { readEventFacts } from '../lib/event-facts.ts'
import { isInteractive, note, painted } from '../lib/output.ts'
import { root } from '../lib/paths.ts'
import type { LocalSource } from '../verify/index.ts'
import { createDeployer, type Deployer, type DeployEvent, type Target } from './deployer.ts'

/** A deployer of the participant's tree that tells each resource's event as it comes: quietly on the local AWS, where all is over in a second. */
export const participantsDeployer = (cloud: ChosenCloud, { tell = cloud.name === 'aws' }: { tell?: boolean } = {}) =>
  createDeployer({ root: path.join(root, 'steps'), cloud, onEvent: (event) => { if (tell || event.kind === 'warning') note(shownEvent(event)) } })

/** `step 1`, `steps 1 to 4`: what a deploy up to there holds. */
export const stepsUpTo = (number: number) => number === 1 ? 'step 1' : `steps 1 to ${number}`

/** What happens to a resource, or a warning, as one line. */
export function shownEvent(event: DeployEvent) {
  if (event.kind === 'warning') return painted('yellow', `! ${event.text}`, isInteractive({ stream: process.stderr }))
  return `  ${event.status.padEnd(28)} ${event.path ?? event.logicalId}${event.reason ? `  ${event.reason}` : ''}`
}

/** The outputs of the stack, and what is typed to join the chat; the room, too, where everyone has one. */
export function shownOutputs(outputs: Record<string, string>, cloud: ChosenCloud, sharedUrl = sharedUrlOrNone()): string[] {
  const lines = Object.entries(outputs).map(([name, value]) => `  ${name}  ${value}`)
  const [, apiId, stage] = /^wss:\/\/([a-z0-9]+)\.execute-api\.[^/]+\/(.+)$/.exec(outputs.WebSocketURL ?? '') ?? []
  if (!apiId || !stage) return lines
  const own = `  ${cloud.endpoint ? 'On this machine' : 'Anywhere'}: npx wscat -c ${cloud.webSocketUrl(apiId, stage)}   or: npm run wscat, npm run chat`
  return [...lines, own, ...shownRoom(sharedUrl)]
}

/** How to join everybody's room, where there is one. */
export const shownRoom = (sharedUrl = sharedUrlOrNone()): string[] => sharedUrl ? [`  Everybody's room: npx wscat -c ${sharedUrl}   or: npm run chat shared`] : []

/** What is wrong with the event's facts doctor says; a deploy has another subject. */
function sharedUrlOrNone() {
  try {
    return readEventFacts().sharedUrl
  } catch {
    return undefined
  }
}

/**
 * What the tree would deploy now, so that verify can name lines in it where that is what runs. Empty where it cannot be built: verify then
 * speaks of what is deployed, and the next deploy says why.
 */
export const localSources = (deployer: Deployer, target: Target): Promise<LocalSource[]> =>
  deployer.synth(target).then(({ sources }) => sources, () => [])
