import { lines, mistakeOutside } from '../mistake.ts'

export default mistakeOutside({
  symptom: 'npm.ps1 cannot be loaded because running scripts is disabled on this system.',
  says: [/(npm|npx)\.ps1 (cannot be loaded|is not digitally signed)/, /running scripts is disabled on this system/, /UnauthorizedAccess.*PSSecurityException|PSSecurityException/],
  cause: 'PowerShell runs no scripts under its default policy, and npm is one there.',
  fix: 'Type npm.cmd instead of npm, or allow it once: Set-ExecutionPolicy -Scope CurrentUser RemoteSigned',
  docs: 'troubleshooting/machine',
  break: lines('npm : File C:\\Program Files\\nodejs\\npm.ps1 cannot be loaded because running scripts is disabled on this system.'),
})
