import { machine, mistakeOutside } from '../mistake.ts'

export default mistakeOutside({
  symptom: 'The local AWS ended without saying good-bye.',
  says: [],
  cause: 'It was killed, or the machine went off. Its state is safe, and the next start takes over.',
  fix: 'Nothing to do: npm start',
  docs: 'troubleshooting/machine',
  machine: {
    subject: 'state', severity: 'warn',
    seen: ({ state }) => {
      const owner = [state?.running, state?.lock].find((one) => one && !one.alive)
      return owner && `notes of process ${owner.pid}, which is gone`
    },
  },
  break: machine({ state: { lock: { pid: 4711, alive: false }, unusable: [] } }),
})
