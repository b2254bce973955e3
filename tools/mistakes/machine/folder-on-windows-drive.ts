import { machine, mistakeOutside } from '../mistake.ts'

export default mistakeOutside({
  symptom: 'Saves are noticed late, and everything on disk is slow.',
  says: [],
  cause: 'The folder lies on a Windows drive, and WSL tells nobody of changes there; the kit looks again and again instead.',
  fix: 'Clone it inside WSL, for instance to ~/chat. Your editor finds it under \\\\wsl.localhost.',
  docs: 'troubleshooting/machine',
  machine: {
    subject: 'folder', severity: 'warn',
    seen: ({ folder }) => folder?.wsl && /^\/mnt\/[a-z](\/|$)/i.test(folder.path) ? `${folder.path} is a drive of Windows, seen from WSL` : undefined,
  },
  break: machine({ folder: { path: '/mnt/c/Users/ada/chat', platform: 'linux', wsl: true, writable: true } }),
})
