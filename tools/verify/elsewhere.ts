import { CloudFormation } from '@aws-sdk/client-cloudformation'
import type { ChosenCloud } from '../lib/cloud.ts'
import type { Aws } from './aws.ts'
import type { Chat } from './find.ts'

/** A look at another region is a courtesy: it may not take long, nor fail anything. */
const LOOK_MS = 4_000
const MOST_NAMES = 4
const CHAT_STACK = /^ChatStack(?:-([a-z0-9]{1,12}))?$/

/**
 * Where a chat is, when there is none where verify was told to look: under another suffix, or in a region that the participant's other tools use.
 * Sentences with the command that leads there. Only reads, in this region and those of `cloud.otherRegions`.
 */
export async function lookElsewhere({ aws, cloud, chat }: { aws: Aws, cloud: ChosenCloud, chat: Chat }): Promise<string[]> {
  try {
    if (await chat.stack() || await chat.api()) return []
  } catch {
    return [] // several that could be it, or nobody lets us look: not a question of where
  }
  const [here, regions] = await Promise.all([suffixesIn(aws.cloudformation), otherRegionsWith(cloud, chat.names.stack)])
  return [
    ...regions.map((region) => `${chat.names.stack} is in ${region}: npm run use ${cloud.name} region=${region}.`),
    ...otherSuffixes(here.filter((suffix) => suffix !== cloud.suffix), cloud.name),
  ]
}

/** In which of the participant's other regions there is a stack of this name. */
export async function otherRegionsWith(cloud: ChosenCloud, stackName: string): Promise<string[]> {
  const looks = await Promise.all((cloud.otherRegions ?? []).map(async (region) => ({ region, isThere: await isIn(cloud, region, stackName) })))
  return looks.filter(({ isThere }) => isThere).map(({ region }) => region)
}

function otherSuffixes(suffixes: (string | undefined)[], cloud: ChosenCloud['name']): string[] {
  if (suffixes.length === 0) return []
  const shown = suffixes.slice(0, MOST_NAMES).map((suffix) => suffix ? `ChatStack-${suffix}` : 'ChatStack')
  const more = suffixes.length > MOST_NAMES ? ` and ${suffixes.length - MOST_NAMES} more` : ''
  return [`In this region there is ${shown.join(', ')}${more}: npm run use ${cloud} suffix=${suffixes[0] ?? 'none'}.`]
}

/** The suffixes of all chats in the region; undefined is the one without. */
async function suffixesIn(cloudformation: CloudFormation): Promise<(string | undefined)[]> {
  try {
    const { Stacks = [] } = await cloudformation.describeStacks({}, { abortSignal: AbortSignal.timeout(LOOK_MS) })
    return Stacks.flatMap(({ StackName = '' }) => {
      const match = CHAT_STACK.exec(StackName)
      return match ? [match[1]] : []
    })
  } catch {
    return []
  }
}

async function isIn({ client }: ChosenCloud, region: string, StackName: string): Promise<boolean> {
  const cloudformation = new CloudFormation({ ...client, region, maxAttempts: 1 })
  try {
    const { Stacks = [] } = await cloudformation.describeStacks({ StackName }, { abortSignal: AbortSignal.timeout(LOOK_MS) })
    return Stacks.some(({ StackStatus }) => StackStatus !== 'REVIEW_IN_PROGRESS')
  } catch {
    return false // not there, not enabled, not ours to look at
  } finally {
    cloudformation.destroy()
  }
}
