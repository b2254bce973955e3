import { lines, mistakeOutside } from '../mistake.ts'

export default mistakeOutside({
  symptom: 'Unknown file extension ".ts"',
  says: [/ERR_UNKNOWN_FILE_EXTENSION/, /Unknown file extension "\.ts"/],
  cause: 'A file of TypeScript was started by node alone, which does not read it in this version.',
  fix: 'Use the npm command that runs it (npm start, npm run verify:step-1), or: npx tsx FILE.ts',
  docs: 'troubleshooting/machine',
  break: lines('TypeError [ERR_UNKNOWN_FILE_EXTENSION]: Unknown file extension ".ts" for /home/ada/chat/steps/app.ts'),
})
