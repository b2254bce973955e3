import { lines, mistakeOutside } from '../mistake.ts'

export default mistakeOutside({
  symptom: 'Forbidden, or silence, for a message that was given on the command line in PowerShell.',
  says: [/\{\s*action\s*:/, /wscat\b.*(-x|--execute)[ =]+"?\{/],
  cause: 'The shell took the quotes away, and {action:sendMessage} is not JSON.',
  fix: 'Type the message at the prompt of wscat: npm run wscat.',
  docs: 'troubleshooting/client',
  break: lines('> {action: sendMessage, data: hi}', '< {"message": "Forbidden", "connectionId":"eHrdFcnvvHcCE-w=", "requestId":"eHrjDEuVPHcFWMg="}'),
})
