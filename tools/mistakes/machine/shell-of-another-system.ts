import { lines, mistakeOutside } from '../mistake.ts'

export default mistakeOutside({
  symptom: 'The token \'&&\' is not a valid statement separator in this version.',
  says: [/The token '&&' is not a valid statement separator/, /The term '(?:export|eval|source|sudo)' is not recognized as/, /'(?:export|eval|source|sudo)' is not recognized as/],
  examples: [
    'The token \'&&\' is not a valid statement separator in this version.',
    'export : The term \'export\' is not recognized as the name of a cmdlet, function, script file, or operable program.',
  ],
  cause: 'A command of bash was pasted into PowerShell or the command prompt of Windows.',
  fix: 'Give one command after the other. npm run env prints variables in the form of your shell; or work in WSL or Git Bash.',
  docs: 'troubleshooting/machine',
  break: lines('The token \'&&\' is not a valid statement separator in this version.'),
})
