import { lines, mistakeOutside } from '../mistake.ts'

export default mistakeOutside({
  symptom: 'wscat: command not found',
  says: [/wscat: (command )?not found/, /command not found: wscat/, /'wscat' is not recognized/, /The term 'wscat' is not recognized/, /\bwsclient\b.*not (found|recognized)|command not found: wsclient/],
  cause: 'wscat is not installed for all of the machine, and need not be: the kit brings it.',
  fix: 'npm run wscat in the folder of the kit, which knows the URL, or npx wscat -c URL.',
  docs: 'troubleshooting/client',
  break: lines('bash: wscat: command not found'),
})
