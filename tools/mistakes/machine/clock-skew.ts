import { machine, mistakeOutside } from '../mistake.ts'

/** Some services take a signature that is five minutes off, some fifteen (E3.6, E3.7). */
const MOST_SECONDS = 240

export default mistakeOutside({
  symptom: 'Signature expired, or: Signature not yet current.',
  says: [/Signature (expired|not yet current):/, /RequestTimeTooSkewed/, /CERT_(HAS_EXPIRED|NOT_YET_VALID)|certificate (has expired|is not yet valid)/],
  examples: [
    'InvalidSignatureException: Signature expired: 20190911T174538Z is now earlier than 20190912T004835Z (20190912T010335Z - 15 min.)',
  ],
  cause: 'The clock of this machine is wrong, often that of WSL after the computer slept. AWS refuses requests more than 5 minutes off.',
  fix: 'Set it by the network. WSL: sudo hwclock -s, or wsl --shutdown in PowerShell. Then sign in again.',
  docs: 'troubleshooting/machine',
  machine: {
    subject: 'clock', severity: 'fail',
    seen: ({ clock }) => clock && Math.abs(clock.skewSeconds) >= MOST_SECONDS
      ? `${Math.round(Math.abs(clock.skewSeconds) / 60)} minutes ${clock.skewSeconds > 0 ? 'ahead of' : 'behind'} ${clock.against}` : undefined,
  },
  break: machine({ clock: { skewSeconds: -5400, against: 'sts.eu-west-1.amazonaws.com' } }),
})
