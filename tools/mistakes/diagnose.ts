import { mistakes } from './index.ts'
import type { MachineFacts, Subject } from './machine-facts.ts'
import type { Mistake } from './mistake.ts'

/** A mistake that the facts give away. `seen` says by what. */
export type Finding = { id: string, subject: Subject, severity: 'fail' | 'warn', seen: string, mistake: Mistake }

/** What is wrong with a machine: what stops the workshop first, then what is good to know; within both in the order in which one thing causes the next. */
export function diagnose(facts: MachineFacts): Finding[] {
  const found = mistakes.flatMap(({ id, mistake }): Finding[] => {
    const seen = mistake.machine?.seen(facts)
    return seen === undefined ? [] : [{ id, subject: mistake.machine!.subject, severity: mistake.machine!.severity, seen, mistake }]
  })
  return found.toSorted((a, b) => Number(a.severity === 'warn') - Number(b.severity === 'warn'))
}
