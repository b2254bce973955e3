import { lines, mistakeOutside } from '../mistake.ts'

export default mistakeOutside({
  symptom: 'Nothing comes back: the "Data sent." of the function is nowhere to be seen.',
  says: [/\b(no|without) (echo|answer|reply|response)\b/i, /\bnothing (happens|comes back|is printed|is shown|arrives)\b/i, /\b(silence|silent)\b/i, /(where|why|not see).*Data sent/i],
  tell: 'npm run logs: was the function called (START)? If not, the message found no function; if so, its log says more.',
  // Routes answer nobody unless they have a route response (A8.1).
  cause: 'Routes are one-way: what a function returns for a message goes to nobody. Only what it posts arrives.',
  fix: 'Look at the log: npm run logs. To hear oneself the table needs one\'s row: npm run verify:step-1.',
  docs: 'troubleshooting/client',
  break: lines('connected (press CTRL+C to quit)', '> {"action": "sendMessage", "data": "hi"}', 'and nothing comes back'),
})
