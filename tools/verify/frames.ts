import { existsSync } from 'node:fs'
import path from 'node:path'
import { build, type BuildFailure } from 'esbuild'

/** What step 5 says of one message: what a client sends, what comes back, and what once `$default` is gone. */
export type Frame = { sends: string, reads: string, withoutDefault: string }

export const kinds = ['chat', 'unknownAction', 'otherCase', 'messageForAction', 'notJson', 'noData'] as const
export type Kind = typeof kinds[number]
export type Frames = Record<Kind, Frame>

export const FRAMES_FILE = '05-chat/frames.ts'
const members = ['sends', 'reads', 'withoutDefault'] as const

/** The frames of the tree as they are now, or why there are none, in one sentence. The file is data, so it runs here, in a copy that is read anew each time. */
export async function readFrames(tree: string): Promise<{ frames: Frames } | { problem: string }> {
  const file = path.join(tree, FRAMES_FILE)
  if (!existsSync(file)) return { problem: `There is no file ${FRAMES_FILE}.` }
  try {
    const { outputFiles: [output] } = await build({ entryPoints: [file], bundle: true, packages: 'external', format: 'esm', write: false, logLevel: 'silent' })
    const { frames } = await import(`data:text/javascript;base64,${Buffer.from(output!.text).toString('base64')}`)
    return checked(frames)
  } catch (error) {
    const [first] = (error as Partial<BuildFailure>).errors ?? []
    return { problem: first ? `${FRAMES_FILE}:${first.location?.line ?? 1}: ${first.text}.` : `${FRAMES_FILE} cannot be run: ${(error as Error).message}.` }
  }
}

function checked(frames: unknown): { frames: Frames } | { problem: string } {
  if (typeof frames !== 'object' || frames === null) return { problem: `${FRAMES_FILE} exports no frames.` }

  const all = frames as Record<string, Record<string, unknown> | undefined>
  const missing = kinds.find((kind) => members.some((member) => typeof all[kind]?.[member] !== 'string'))
  return missing ? { problem: `frames.${missing} in ${FRAMES_FILE} is not complete: it needs ${members.join(', ')}, each a text.` } : { frames: frames as Frames }
}
