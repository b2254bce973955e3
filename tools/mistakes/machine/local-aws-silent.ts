import { machine, mistakeOutside } from '../mistake.ts'

export default mistakeOutside({
  symptom: 'Another local AWS uses the folder, or nothing answers, though none runs.',
  says: [/Another local AWS \(process \d+\) uses/],
  examples: ['✗ Another local AWS (process 4711) uses .workshop/local.'],
  cause: 'A local AWS left its notes behind, and its process number belongs to another program by now, or it hangs.',
  fix: 'If no npm start runs in another terminal, delete .workshop/local/lock and .workshop/local/running.json',
  docs: 'troubleshooting/machine',
  machine: {
    subject: 'state', severity: 'fail',
    seen: ({ state }) => {
      const owner = [state?.running, state?.lock].find((one) => one?.alive)
      return owner && !state?.running?.answers ? `process ${owner.pid} is said to be the local AWS, and does not answer` : undefined
    },
  },
  break: machine({ state: { lock: { pid: 4711, alive: true }, running: { pid: 4711, alive: true, answers: false }, unusable: [] } }),
})
