import { lines, mistakeOutside } from '../mistake.ts'

export default mistakeOutside({
  symptom: 'Your cache folder contains root-owned files.',
  says: [/Your cache folder contains root-owned files/],
  cause: 'sudo npm was used once, and what it put into the cache of npm belongs to root.',
  fix: 'Give it back to yourself: sudo chown -R "$(id -u):$(id -g)" ~/.npm. And never again sudo npm.',
  docs: 'troubleshooting/machine',
  break: lines('npm error code EACCES', 'npm error path /home/ada/.npm/_cacache', 'npm error Your cache folder contains root-owned files, due to a bug in'),
})
