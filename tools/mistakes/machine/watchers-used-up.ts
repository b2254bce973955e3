import { lines, mistakeOutside } from '../mistake.ts'

export default mistakeOutside({
  symptom: 'ENOSPC: System limit for number of file watchers reached',
  says: [/System limit for number of file watchers reached/, /EMFILE: too many open files, watch/],
  cause: 'Linux lends each user a number of file watchers, and editors and other programs hold them all.',
  fix: 'Close some of them, raise it (sudo sysctl fs.inotify.max_user_watches=524288), or start with WORKSHOP_POLL=1.',
  docs: 'troubleshooting/machine',
  break: lines("Error: ENOSPC: System limit for number of file watchers reached, watch '/home/you/chat/steps'"),
})
