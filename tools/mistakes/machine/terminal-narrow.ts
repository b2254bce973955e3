import { machine, mistakeOutside } from '../mistake.ts'

const LEAST_COLUMNS = 80

export default mistakeOutside({
  symptom: 'Reports of verify break in the middle of lines.',
  says: [],
  cause: 'Reports are 80 columns wide, and this terminal is narrower.',
  fix: 'Widen the window, or make its letters smaller.',
  docs: 'troubleshooting/machine',
  machine: {
    subject: 'terminal', severity: 'warn',
    seen: ({ terminal }) => terminal?.isTTY && terminal.columns && terminal.columns < LEAST_COLUMNS ? `${terminal.columns} columns` : undefined,
  },
  break: machine({ terminal: { isTTY: true, colour: true, columns: 52 } }),
})
