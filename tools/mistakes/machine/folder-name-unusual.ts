import { machine, mistakeOutside } from '../mistake.ts'

export default mistakeOutside({
  symptom: 'Some tool says that it cannot find a file whose path is cut off at a blank.',
  says: [/'C:.Users.[^']*' is not recognized as an internal or external command/, /Cannot find module '[A-Z]:.Users.[^\\' ]+'$/],
  examples: [`'C:\\Users\\Ada' is not recognized as an internal or external command,`, `Error: Cannot find module 'C:\\Users\\Ada'`],
  cause: 'The path holds blanks or letters beyond ASCII. The kit copes; other tools and copied commands may not.',
  fix: 'Where something cannot find its files, put the path between quotes, or clone the kit to a plain path.',
  docs: 'troubleshooting/machine',
  machine: {
    subject: 'folder', severity: 'warn',
    // The control characters of ASCII are as unusual as what lies beyond it.
    seen: ({ folder }) => folder && /[^!-~]/.test(folder.path) ? `${folder.path} holds ${/[^ -~]/.test(folder.path) ? 'letters beyond ASCII' : 'blanks'}` : undefined,
  },
  break: machine({ folder: { path: '/home/ada/my chat', platform: 'linux', wsl: false, writable: true } }),
})
