import { mistakes, type Entry } from '../../mistakes/index.ts'

/**
 * How the matrix proves a mistake: `deployed` with it, verify names it first; verify, explain or doctor names it first for what was `observed`
 * on AWS, for `lines` that people paste, for the facts of a `machine`.
 */
export type Proof = 'deployed' | 'observed' | 'lines' | 'machine'

const PROOFS: Record<Entry['mistake']['break']['kind'], Proof> = {
  edit: 'deployed', spoil: 'deployed', fault: 'deployed', observed: 'observed', lines: 'lines', machine: 'machine',
}

export const proofOf = ({ mistake }: Entry): Proof => PROOFS[mistake.break.kind]

/** The mistakes that are proven in this way, each a cell of the matrix. The site's page lists the same. */
export const cells = (proof: Proof) => mistakes.filter((entry) => proofOf(entry) === proof)
