import { machine, mistakeOutside } from '../mistake.ts'

export default mistakeOutside({
  symptom: 'UNC paths are not supported. Defaulting to Windows directory.',
  says: [/UNC paths are not supported/, /CMD does not support UNC paths/],
  cause: 'The folder is a network path (\\\\server\\… or \\\\wsl.localhost\\…), where npm scripts of Windows cannot run.',
  fix: 'Clone the kit to a drive with a letter. A folder inside WSL: work in a terminal of WSL, with a Node of its own.',
  docs: 'troubleshooting/machine',
  machine: {
    subject: 'folder', severity: 'fail',
    seen: ({ folder }) => folder?.platform === 'win32' && /^[\\/]{2}/.test(folder.path) ? `${folder.path} is a network path` : undefined,
  },
  break: machine({ folder: { path: '\\\\wsl.localhost\\Ubuntu\\home\\ada\\chat', platform: 'win32', wsl: false, writable: true } }),
})
