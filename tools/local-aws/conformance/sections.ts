import type { Section } from './fact.ts'
import { handshake } from './handshake.ts'
import { management } from './management.ts'

/** All facts, in the order of the sheets. */
export const sections: Section[] = [handshake, management]
