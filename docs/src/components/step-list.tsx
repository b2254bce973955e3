import Link from '@docusaurus/Link'
import type { ReactNode } from 'react'
import { steps } from '../../../tools/steps.ts'

/** Every step with its page and its minutes. `builds` says by the step's name what one builds; a step that it forgets fails the build of the site. */
export default function StepList({ builds }: { builds: Record<string, ReactNode> }) {
  return (
    <table>
      <thead><tr><th>step</th><th>you build</th><th>minutes</th></tr></thead>
      <tbody>
        {steps.map(({ number, name, title, minutes }) => (
          <tr key={name}>
            <td><Link to={`/steps/${name}`}>{number} {title}</Link></td>
            <td>{textFor(builds, name)}</td>
            <td>{minutes}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function textFor(builds: Record<string, ReactNode>, name: string) {
  if (builds[name] === undefined) throw new Error(`content/index.mdx does not say what is built in the step ${name}.`)
  return builds[name]
}
