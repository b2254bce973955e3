import { lines, mistakeOutside } from '../mistake.ts'

export default mistakeOutside({
  symptom: 'bash: endpoint: No such file or directory',
  says: [/wss?:\/\/[<{[]/, /wss?:\/\/(YOUR|API|endpoint|your)[\w-]*\./, /(bash|zsh): .*\bendpoint\b/, /no such file or directory: endpoint/i],
  cause: 'The URL is still that of the page: <endpoint> stands for the id of your API, and a shell takes < for a file.',
  fix: 'Take the URL that verify or npm run deploy prints, whole.',
  docs: 'troubleshooting/client',
  break: lines('$ wscat -c wss://<endpoint>.execute-api.us-west-2.amazonaws.com/beta', 'bash: endpoint: No such file or directory'),
})
