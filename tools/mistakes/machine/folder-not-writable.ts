import { machine, mistakeOutside } from '../mistake.ts'

export default mistakeOutside({
  symptom: 'EACCES: permission denied, on a file of the kit\'s own folder.',
  says: [/EACCES: permission denied, .*(\.workshop|cdk\.out)/, /EROFS: read-only file system/],
  examples: [`Error: EACCES: permission denied, mkdir '/home/ada/kit/.workshop'`],
  cause: 'The folder or its .workshop belongs to somebody else, as after a sudo, or cannot be written at all.',
  fix: 'Take it back (sudo chown -R "$USER" .), or clone the kit into your home folder.',
  docs: 'troubleshooting/machine',
  machine: { subject: 'folder', severity: 'fail', seen: ({ folder }) => folder && !folder.writable ? `${folder.path} cannot be written` : undefined },
  break: machine({ folder: { path: '/srv/chat', platform: 'linux', wsl: false, writable: false } }),
})
