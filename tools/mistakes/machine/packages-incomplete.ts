import { machine, mistakeOutside } from '../mistake.ts'

const some = (names: string[]) => names.length > 3 ? `${names.slice(0, 3).join(', ')} and ${names.length - 3} more` : names.join(', ')

export default mistakeOutside({
  symptom: 'A command ends with ERR_MODULE_NOT_FOUND or Cannot find package.',
  says: [/ERR_MODULE_NOT_FOUND/, /Cannot find package '[^']+' imported from/, /npm ci` can only install packages when your package\.json and package-lock\.json/, /npm (?:ERR!|error) code EINTEGRITY/, /Cannot find module '(?:aws-cdk-lib|aws-lambda|constructs|zx|esbuild|ws)\b/],
  cause: 'node_modules is not what package-lock.json asks for: an install was cut short, or something else was installed over it.',
  fix: 'Delete node_modules, then: npm ci',
  docs: 'troubleshooting/machine',
  machine: {
    subject: 'packages', severity: 'fail',
    seen: ({ packages }) => {
      if (packages && packages.missing.length > 0) return `not installed: ${some(packages.missing)}`
      return packages && packages.wrong.length > 0 ? `of another version than package-lock.json says: ${some(packages.wrong)}` : undefined
    },
  },
  break: machine({ packages: { missing: ['ws', 'esbuild', 'constructs', 'zx'], wrong: [], binaries: ['linux-x64'], wanted: 'linux-x64' } }),
})
