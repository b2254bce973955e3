import { edit, mistake } from '../mistake.ts'

const REMEMBERS = /new (Weak)?(Map|Set)\b|globalThis|\b\w+\[\w*[cC]onnectionId\] = /

export default mistake({
  symptom: 'A name is there, and then it is not, and after a while it is gone for good.',
  says: [],
  cause: 'The name is kept in a variable of the module. Each environment of the function has its own, and they come and go as AWS likes.',
  fix: 'Keep it in the row of the connection: UpdateItemCommand, and read it in the scan.',
  todo: '7.4',
  at: 'steps/07-friendly/understandPlainText.ts',
  line: /new Map|new Set|\[connectionId\] =|keepName/,
  docs: 'troubleshooting/friendly',
  matches: ({ check, source }) => ['takes-a-name', 'keeps-the-name'].includes(check) && REMEMBERS.test(source),
  break: edit('07-friendly/understandPlainText.ts', 'type Person =', 'const names = new Map<string, string>()\n\ntype Person =',
    'return nickname ??', 'return names.get(connectionId) ?? nickname ??',
    'await dynamoDB.send(new UpdateItemCommand({', 'names.set(connectionId, name)\n  console.log(JSON.stringify({'),
})
