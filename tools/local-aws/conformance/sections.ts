import type { Section } from './fact.ts'
import { authorization } from './authorization.ts'
import { change } from './change.ts'
import { closing } from './closing.ts'
import { controlPlane } from './control-plane.ts'
import { deployments } from './deployments.ts'
import { events } from './events.ts'
import { frames } from './frames.ts'
import { handshake } from './handshake.ts'
import { management } from './management.ts'
import { managementClient } from './management-client.ts'
import { selection } from './selection.ts'
import { templates } from './templates.ts'

/** All facts, in the order of the sheets. */
export const sections: Section[] = [handshake, events, selection, frames, closing, authorization, change, management, managementClient, controlPlane, deployments, templates]
