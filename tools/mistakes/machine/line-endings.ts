import { machine, mistakeOutside } from '../mistake.ts'

export default mistakeOutside({
  symptom: 'git diff shows whole files as changed.',
  says: [/warning: .*(LF will be replaced by CRLF|CRLF will be replaced by LF)/],
  examples: [`warning: in the working copy of 'steps/chat.ts', CRLF will be replaced by LF the next time Git touches it`],
  cause: 'Files of steps/ end their lines as Windows does (CR LF), and git or an editor of another system takes each line for changed.',
  fix: 'git config core.autocrlf input, then in a clean clone: git checkout -- steps. The code runs either way.',
  docs: 'troubleshooting/machine',
  machine: {
    subject: 'git', severity: 'warn',
    // Git for Windows checks files out like this by default, and there all is in step.
    seen: ({ git }) => git && git.crlf > 0 && !(git.platform === 'win32' && git.autocrlf === 'true')
      ? `${git.crlf} files of steps/ with CR LF${git.autocrlf ? `, core.autocrlf is ${git.autocrlf}` : ''}` : undefined,
  },
  break: machine({ git: { version: '2.47.0', autocrlf: 'true', crlf: 9, platform: 'linux' } }),
})
