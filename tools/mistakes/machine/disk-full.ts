import { machine, mistakeOutside } from '../mistake.ts'

const LEAST_BYTES = 300_000_000

export default mistakeOutside({
  symptom: 'ENOSPC: no space left on device',
  says: [/ENOSPC: no space left on device/, /No space left on device/, /npm (?:ERR!|error) code ENOSPC/],
  cause: 'The disk is full. An install takes about 600 MB, the local AWS and each deploy a few more.',
  fix: 'Free some space, or clone the kit to another disk.',
  docs: 'troubleshooting/machine',
  machine: {
    subject: 'disk', severity: 'fail',
    seen: ({ disk }) => disk && disk.freeBytes < LEAST_BYTES ? `${Math.round(disk.freeBytes / 1e6)} MB free; ${LEAST_BYTES / 1e6} MB are needed` : undefined,
  },
  break: machine({ disk: { freeBytes: 12_000_000 } }),
})
