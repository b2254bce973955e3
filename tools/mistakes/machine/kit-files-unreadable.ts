import { machine, mistakeOutside } from '../mistake.ts'

export default mistakeOutside({
  symptom: 'A command says that a file of .workshop is not JSON, or could not be read.',
  says: [/\.workshop\/\S+ (is not JSON|could not be read)/],
  cause: 'A file in which the kit keeps its memory was edited by hand, or belongs to another user.',
  fix: 'Delete the file: the kit then begins with defaults, and your steps/ stay as they are.',
  docs: 'troubleshooting/machine',
  machine: { subject: 'state', severity: 'fail', seen: ({ state }) => state && state.unreadable.length > 0 ? `cannot be read: ${state.unreadable.join(', ')}` : undefined },
  break: machine({ state: { unreadable: ['.workshop/settings.json'] } }),
})
