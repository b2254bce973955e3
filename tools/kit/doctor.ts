import { say, usesColour } from '../lib/output.ts'
import { diagnose, type Finding } from '../mistakes/diagnose.ts'
import type { MachineFacts } from '../mistakes/index.ts'
import { parsed } from './arguments.ts'
import type { Command } from './command.ts'
import { writeBundle } from './doctor/bundle.ts'
import { gather } from './doctor/gather.ts'
import { renderList } from './doctor/list.ts'
import { thisPlace } from './doctor/place.ts'
import { KitError } from '../lib/kit-error.ts'
import { shown } from '../lib/paths.ts'

const usage = 'npm run doctor'

export const command: Command = {
  summary: 'Looks at this machine and, on aws, at your account: what stands in the way of the workshop, why, and what to do.',
  usage: `${usage} | ${usage} bundle`,
  details: ['bundle   writes all of it into a file without secrets and names, which may be shown to anyone', 'json     one JSON document, for machines'],
  example: usage,
  async run(args) {
    const { values, positionals: [word] } = parsed(args, { json: { type: 'boolean' } }, usage, { words: 1 })
    if (word !== undefined && word !== 'bundle') throw new KitError({ what: `"${word}" is not expected here.`, next: `${usage} or ${usage} bundle` })

    const place = thisPlace()
    const facts = await gather(place)
    const findings = diagnose(facts)
    if (values.json) say(JSON.stringify(documentOf(facts, findings), null, 2))
    else say(renderList(facts, findings, { colour: usesColour() }))
    if (word === 'bundle') {
      const file = await writeBundle(place, facts, findings)
      say(`\nWritten to ${shown(file)}, without secrets, names and account numbers. Look at it before you send it.`)
    }
    return findings.some(({ severity }) => severity === 'fail') ? 1 : 0
  },
}

export const documentOf = (facts: MachineFacts, findings: Finding[]) => ({
  ok: findings.every(({ severity }) => severity !== 'fail'),
  findings: findings.map(({ id, subject, severity, seen, mistake: { cause, fix, docs } }) => ({ id, subject, severity, seen, cause, fix, docs })),
  facts,
})
