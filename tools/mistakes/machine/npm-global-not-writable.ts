import { lines, mistakeOutside } from '../mistake.ts'

export default mistakeOutside({
  symptom: 'npm install -g wscat fails with EACCES.',
  says: [/EACCES: permission denied, (mkdir|access|rename|open) '[^']*(\/usr\/|\/lib\/node_modules|\/opt\/)/, /Missing write access to .*node_modules/, /npm (?:ERR!|error) (?:path|dest) (?:\/usr\/|\/opt\/)\S*node_modules/],
  cause: 'npm installs global packages into a folder that belongs to root.',
  fix: 'Nothing global is needed here: npm run wscat, or npx wscat -c URL. Never sudo npm.',
  docs: 'troubleshooting/machine',
  break: lines(
    'npm error code EACCES',
    "npm error Error: EACCES: permission denied, mkdir '/usr/local/lib/node_modules/wscat'",
    'npm error   Missing write access to /usr/local/lib/node_modules',
  ),
})
