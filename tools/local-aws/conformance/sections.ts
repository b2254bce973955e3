import type { Section } from './fact.ts'
import { authorization } from './authorization.ts'
import { change } from './change.ts'
import { closing } from './closing.ts'
import { cloudFormation } from './cloudformation.ts'
import { controlPlane } from './control-plane.ts'
import { deployments } from './deployments.ts'
import { dynamodb } from './dynamodb.ts'
import { events } from './events.ts'
import { frames } from './frames.ts'
import { handshake } from './handshake.ts'
import { iam } from './iam.ts'
import { lambdaErrors } from './lambda-errors.ts'
import { lambdaFunctions } from './lambda-functions.ts'
import { lambdaInvoke } from './lambda-invoke.ts'
import { lambdaLogs } from './lambda-logs.ts'
import { lambdaPolicy } from './lambda-policy.ts'
import { management } from './management.ts'
import { managementClient } from './management-client.ts'
import { s3SsmLogs } from './s3-ssm-logs.ts'
import { selection } from './selection.ts'
import { signatures } from './signatures.ts'
import { templates } from './templates.ts'

/** All facts, in the order of the sheets. */
export const sections: Section[] = [
  handshake, events, selection, frames, closing, authorization, change, management, managementClient, controlPlane, deployments, templates,
  lambdaInvoke, lambdaErrors, lambdaLogs, lambdaFunctions, lambdaPolicy, iam, signatures, dynamodb, cloudFormation, s3SsmLogs,
]
