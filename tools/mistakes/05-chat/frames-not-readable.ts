import { edit, mistake } from '../mistake.ts'

export default mistake({
  symptom: 'verify cannot read frames.ts.',
  says: [/frames\.ts (?:exports no frames|cannot be run).*/, /frames\.\w+ in \S+frames\.ts is not complete.*/],
  examples: ['seen   steps/05-chat/frames.ts exports no frames.', 'seen   frames.noData in steps/05-chat/frames.ts is not complete: it needs sends, reads, each a text.'],
  cause: 'frames.ts does not export the object frames with its six members, each with sends, reads and withoutDefault.',
  fix: 'Keep the names of the starter (npm run reset 5 brings it back) and fill in the texts.',
  at: 'steps/05-chat/frames.ts',
  line: /\bframes\b/,
  docs: 'troubleshooting/chat',
  matches: ({ check }) => check === 'frames-readable',
  break: edit('05-chat/frames.ts', 'export const frames', 'export const answers'),
})
