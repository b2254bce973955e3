import { machine, mistakeOutside } from '../mistake.ts'

export default mistakeOutside({
  symptom: 'A command says that a file of .workshop is not JSON, or that a setting must be another.',
  says: [/\.workshop\/\S+ (is not JSON|could not be read)/, /The (cloud|suffix) must be/, /of this event must be like/],
  examples: ['✗ The suffix must be 1 to 12 characters of a-z and 0-9, got "Ada L.".'],
  cause: 'Something that the kit reads (.workshop, WORKSHOP_… variables, "workshop" in package.json) has a value that cannot be meant.',
  fix: 'Correct what is named. A file of .workshop may also be deleted: the kit then begins with defaults, and steps/ stays.',
  docs: 'troubleshooting/machine',
  machine: { subject: 'state', severity: 'fail', seen: ({ state }) => state && state.unusable.length > 0 ? state.unusable.join(' ') : undefined },
  break: machine({ state: { unusable: ['.workshop/settings.json is not JSON.'] } }),
})
