import { edit, mistake } from '../mistake.ts'

const WRITES = /(Update|Put)(Item|Command)|BatchWrite|TransactWrite|\.(update|put)\(\{/i
const REMEMBERS = /new (Weak)?(Map|Set)\b|globalThis|\b\w+\[\w*[cC]onnectionId\] = /

export default mistake({
  symptom: 'The function says: You are Ada now. And then goes on calling one guest-4f2a.',
  says: [],
  cause: 'It writes the name nowhere.',
  fix: 'Send an UpdateItemCommand that sets nickname in the row of the connection, and await it.',
  todo: '7.4',
  at: 'steps/07-friendly/understandPlainText.ts',
  line: /TODO 7\.4|async function keepName/,
  docs: 'troubleshooting/friendly',
  matches: ({ check, source }) => ['takes-a-name', 'keeps-the-name'].includes(check) && source !== '' && !WRITES.test(source) && !REMEMBERS.test(source),
  break: edit('07-friendly/understandPlainText.ts', 'await dynamoDB.send(new UpdateItemCommand({', 'console.log(JSON.stringify({'),
})
