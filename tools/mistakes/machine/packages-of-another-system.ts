import { machine, mistakeOutside } from '../mistake.ts'

export default mistakeOutside({
  symptom: 'You installed esbuild for another platform than the one you\'re currently using.',
  says: [/You installed esbuild for another platform/, /Cannot find module '@esbuild\/[\w-]+'/, /The package "@esbuild\/[\w-]+" could not be found/, /invalid ELF header|wrong ELF class|not a valid Win32 application/],
  cause: 'node_modules was installed on another system, as when Windows and WSL (or two processors) share one folder.',
  fix: 'Delete node_modules, then run npm ci in the terminal in which you work. Two systems need a clone each.',
  docs: 'troubleshooting/machine',
  machine: {
    subject: 'packages', severity: 'fail',
    seen: ({ packages }) => packages && packages.binaries.length > 0 && !packages.binaries.includes(packages.wanted)
      ? `programs for ${packages.binaries.join(', ')}; this is ${packages.wanted}` : undefined,
  },
  break: machine({ packages: { missing: [], wrong: [], binaries: ['win32-x64'], wanted: 'linux-x64' } }),
})
