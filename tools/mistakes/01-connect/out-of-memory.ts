import { lines, mistake, tells } from '../mistake.ts'

const KILLED = /Runtime exited with error: signal: killed|Runtime\.OutOfMemory|JavaScript heap out of memory|Reached heap limit Allocation failed/

export default mistake({
  symptom: 'Runtime exited with error: signal: killed',
  says: [KILLED],
  examples: ['RequestId: 8f3d Error: Runtime exited with error: signal: killed\nRuntime.ExitError'],
  tell: 'The REPORT line shows a Max Memory Used that is the Memory Size.',
  cause: 'The function needed more memory than it has, and Lambda ended it. Made in the console it has 128 MB.',
  fix: 'Give it 256 MB (lambda.ts does), and keep no whole table in memory: go page by page.',
  docs: 'troubleshooting/connect',
  matches: (evidence) => tells(evidence, KILLED),
  break: lines('RequestId: 8f3d Error: Runtime exited with error: signal: killed', 'Runtime.ExitError'),
})
