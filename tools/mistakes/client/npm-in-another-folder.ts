import { lines, mistakeOutside } from '../mistake.ts'

// The notes of the workshop's first session show it.
export default mistakeOutside({
  symptom: 'npm WARN enoent ENOENT: no such file or directory, open \'/Users/ada/package.json\'',
  says: [/ENOENT: no such file or directory, open '.*package\.json'/, /Missing script: "?[\w:-]+"?/i, /Could not read package\.json/, /npm WARN \S+ No (repository field|README data|license field|description)/],
  cause: 'npm was started in another folder than the kit\'s, and finds no package.json, or another one.',
  fix: 'cd into the folder of the kit, where package.json and steps/ are, then run it again.',
  docs: 'troubleshooting/client',
  break: lines('npm WARN saveError ENOENT: no such file or directory, open \'/Users/ada/package.json\'', 'npm WARN ada No repository field.'),
})
