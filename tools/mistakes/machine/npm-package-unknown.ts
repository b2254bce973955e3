import { lines, mistakeOutside } from '../mistake.ts'

export default mistakeOutside({
  symptom: 'npm error code E404, for a package that should be there.',
  says: [/npm (?:ERR!|error) (?:code E404|404\b)/],
  cause: 'The registry has no package of this name: a slip of the pen, or a company\'s registry that does not carry it.',
  fix: 'Compare the name. npm config get registry: the public one is https://registry.npmjs.org/',
  docs: 'troubleshooting/machine',
  break: lines('npm error code E404', 'npm error 404 Not Found - GET https://registry.npmjs.org/wscatt - Not found'),
})
