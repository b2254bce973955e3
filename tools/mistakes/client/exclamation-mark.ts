import { lines, mistakeOutside } from '../mistake.ts'

export default mistakeOutside({
  symptom: 'bash: !": event not found',
  says: [/(?:bash|zsh): \S*!?\S*: event not found/, /event not found: /],
  examples: [
    'bash: !": event not found',
    'zsh: event not found: "}',
  ],
  cause: 'Between double quotes the shell takes ! and what follows for a command of its history.',
  fix: 'Put the message between single quotes, or type it at the prompt of wscat: npm run wscat.',
  docs: 'troubleshooting/client',
  break: lines('bash: !": event not found'),
})
