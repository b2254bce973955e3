import { mistakes, type Edit } from '../../mistakes/index.ts'
import { render } from '../../verify/render.ts'
import { withAltered } from '../matrix/altered.ts'
import { tryTree } from '../try-tree.ts'

/** A report that the site shows, in `docs/reports/NAME.txt`: step 2 of the solutions, changed like this. */
export type Captured = { name: string, edits: Edit[] }

const file = '02-send-message/sendMessageToConnectedClient.ts'

/** One that passes, one that fails by a mistake that the kit knows, and one by something that it does not know. */
export const captured: Captured[] = [
  { name: 'pass', edits: [] },
  { name: 'known-mistake', edits: editsOf('status-code-410') },
  {
    name: 'unknown-mistake',
    edits: [{
      file, find: '  const clients = await connectedClients()',
      replace: `  const everyone = await connectedClients()
  const clients = everyone.filter((_, index) => index % 2 === 0) // whoever wrote this meant well
  console.log(\`On air for \${clients.length} of \${everyone.length}\`)`,
    }],
  },
]

/** What verify prints of it today, as a participant reads it. */
export const capture = ({ edits }: Captured) => withAltered({ edits }, async (tree) => `${render(await tryTree(tree, { steps: [2] }))}\n`)

/** The same report of another run: times and ports differ. */
export const comparable = (text: string) => text.replaceAll(/ +\d+(\.\d+)? m?s\b/g, ' TIME').replaceAll(/127\.0\.0\.1:\d+/g, 'LOCAL').trim()

function editsOf(id: string): Edit[] {
  const how = mistakes.find((entry) => entry.id === id)?.mistake.break
  if (how?.kind !== 'edit') throw new Error(`${id} is not made by an edit of the solutions.`)
  return how.edits
}
