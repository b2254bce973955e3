import { mistake, spoil } from '../mistake.ts'

const TEMPLATE = JSON.stringify({ Resources: { Topic: { Type: 'AWS::Logs::LogGroup', Properties: { RetentionInDays: 1 } } } })

export default mistake({
  symptom: 'What was deployed is gone, and nobody removed it.',
  says: [/In this region there is ChatStack.*|ChatStack\S* is in [a-z]{2}(?:-[a-z]+)+-\d: npm run use/],
  examples: [
    'seen   There is no WebSocket API "My Chat API", and no stack ChatStack. ChatStack is in eu-west-1: npm run use aws region=eu-west-1.',
    'In this region there is ChatStack-ada, ChatStack-bob: npm run use aws suffix=ada.',
  ],
  tell: 'The sentence behind "no stack" names where a chat is. That is a fact; whether it is yours, you know.',
  cause: 'You look where there is no chat, while there is one elsewhere: in another region, or under another suffix.',
  fix: 'Is it yours? The command in "seen" leads there. Else deploy here: npm start does on each save, npm run deploy once.',
  docs: 'troubleshooting/account',
  before: true,
  matches: ({ elsewhere = [] }) => elsewhere.length > 0,
  break: spoil(async ({ cloudformation, chat }) => {
    const StackName = chat.stack!.name
    await cloudformation.createStack({ StackName: `${StackName}-bob`, TemplateBody: TEMPLATE })
    await cloudformation.deleteStack({ StackName })
    await gone(() => cloudformation.describeStacks({ StackName }))
  }),
})

/** Until a look fails. */
async function gone(look: () => Promise<unknown>) {
  for (let tries = 0; tries < 100; tries++) {
    try {
      await look()
    } catch {
      return
    }
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}
