import { machine, mistakeOutside } from '../mistake.ts'

const SERVICES: [RegExp, string][] = [
  [/[\\/]OneDrive([\\/ -]|$)/i, 'OneDrive'],
  [/[\\/]Dropbox([\\/ (]|$)/i, 'Dropbox'],
  [/[\\/](Google ?Drive|GoogleDrive)([\\/ -]|$)/i, 'Google Drive'],
  [/[\\/]Library[\\/]Mobile Documents[\\/]|[\\/]iCloud ?Drive([\\/]|$)/i, 'iCloud'],
  [/[\\/]Library[\\/]CloudStorage[\\/]/i, 'a cloud storage'],
]

export default mistakeOutside({
  symptom: 'Installs end with EBUSY or EPERM, and files come back after they were deleted.',
  says: [/(EBUSY|EPERM).*(OneDrive|Dropbox|GoogleDrive|CloudStorage)/i],
  examples: [`npm error Error: EBUSY: resource busy or locked, rename 'C:\\Users\\ada\\OneDrive\\kit\\node_modules\\esbuild'`],
  cause: 'A program copies this folder to the cloud and holds files open while the kit replaces them.',
  fix: 'Clone the kit to a folder that is not synced, or pause the syncing during the session.',
  docs: 'troubleshooting/machine',
  machine: {
    subject: 'folder', severity: 'warn',
    seen: ({ folder }) => {
      const [, service] = SERVICES.find(([pattern]) => pattern.test(folder?.path ?? '')) ?? []
      return service && `${folder!.path} is kept in step by ${service}`
    },
  },
  break: machine({ folder: { path: 'C:\\Users\\ada\\OneDrive\\chat', platform: 'win32', wsl: false, writable: true } }),
})
