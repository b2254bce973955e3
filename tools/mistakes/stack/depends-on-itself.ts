import { deployMistake, lines } from '../mistake.ts'

export default deployMistake({
  symptom: 'Circular dependency between resources: […]',
  says: [/Circular dependency between resources/, /adding this dependency .* would create a cyclic reference/],
  cause: 'Two resources of the stack need each other, and so neither can be made first.',
  fix: 'Look at the last line you added: mostly an output, a grant or an addDependency the wrong way round.',
  docs: 'troubleshooting/deploy',
  break: lines('ValidationError: Circular dependency between resources: [Beta0C5B3C8D, Deployment4A9A]'),
})
