import { lines, mistakeOutside } from '../mistake.ts'

export default mistakeOutside({
  symptom: 'zsh: no matches found: wss://…?name=ada',
  says: [/no matches found: wss?:\/\//],
  cause: 'The shell takes the question mark in the URL for a pattern of file names.',
  fix: 'Put the URL between single quotes.',
  docs: 'troubleshooting/client',
  break: lines('zsh: no matches found: wss://1tv3vum7ac.execute-api.us-west-2.amazonaws.com/beta?name=ada'),
})
