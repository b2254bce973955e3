import { edit, mistake } from '../mistake.ts'

export default mistake({
  symptom: 'What people type is answered by silence, and nothing is wrong in the log.',
  says: [],
  cause: 'The function is called, and posts the words to nobody.',
  fix: 'Post them to everyone in the table, and await all of the posts.',
  todo: '7.2',
  at: 'steps/07-friendly/understandPlainText.ts',
  line: /TODO 7\.2|async function say/,
  docs: 'troubleshooting/friendly',
  matches: ({ step, check, answer, frames }) => step === 7 && check === 'everyone-hears' && answer?.status === 200 && frames.length === 0,
  break: edit('07-friendly/understandPlainText.ts', 'const posts = await Promise.allSettled(people.map(({ connectionId }) => post(api, connectionId, `${name}: ${words}`)))', '', `for (const result of posts) if (result.status === 'rejected') console.error(result.reason)`, ''),
})
