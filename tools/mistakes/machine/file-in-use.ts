import { lines, mistakeOutside } from '../mistake.ts'

export default mistakeOutside({
  symptom: 'npm ci fails on Windows with EPERM: operation not permitted, unlink.',
  says: [/npm (?:ERR!|error) code EPERM/, /EPERM: operation not permitted, (?:unlink|rename|rmdir)/],
  cause: 'Something still uses a file below node_modules: a running npm start, an editor, or a virus scanner.',
  fix: 'End npm start in every terminal (Ctrl-C), wait a moment, then run npm ci again.',
  docs: 'troubleshooting/machine',
  break: lines('npm error code EPERM', 'npm error syscall unlink', 'npm error path C:\\Users\\ada\\chat\\node_modules\\@esbuild\\win32-x64\\esbuild.exe'),
})
