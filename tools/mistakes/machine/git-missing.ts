import { machine, mistakeOutside } from '../mistake.ts'

export default mistakeOutside({
  symptom: 'git: command not found',
  says: [/git: (command )?not found/, /'git' is not recognized/, /command not found: git/, /xcrun: error: invalid active developer path/],
  cause: 'There is no git. The kit keeps copies of its starters without it; you cannot fetch updates or see your own changes.',
  fix: 'Install it (https://git-scm.com; macOS: xcode-select --install), or do without for now.',
  docs: 'troubleshooting/machine',
  machine: { subject: 'git', severity: 'warn', seen: ({ git }) => git && !git.version ? 'no git in the PATH' : undefined },
  break: machine({ git: { crlf: 0, platform: 'linux' } }),
})
