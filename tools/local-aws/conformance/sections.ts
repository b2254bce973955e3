import type { Section } from './fact.ts'
import { authorization } from './authorization.ts'
import { change } from './change.ts'
import { closing } from './closing.ts'
import { cloudFormation } from './cloudformation.ts'
import { changeSets } from './change-sets.ts'
import { controlPlaneErrors } from './control-plane-errors.ts'
import { controlPlane } from './control-plane.ts'
import { denials } from './denials.ts'
import { deployments } from './deployments.ts'
import { dynamodb } from './dynamodb.ts'
import { dynamodbItems } from './dynamodb-items.ts'
import { earlyValidation } from './early-validation.ts'
import { events } from './events.ts'
import { evaluation } from './evaluation.ts'
import { frames } from './frames.ts'
import { handshake } from './handshake.ts'
import { iam } from './iam.ts'
import { ids } from './ids.ts'
import { lambdaEnvironments } from './lambda-environments.ts'
import { lambdaErrors } from './lambda-errors.ts'
import { lambdaFunctions } from './lambda-functions.ts'
import { lambdaInvoke } from './lambda-invoke.ts'
import { lambdaLogs } from './lambda-logs.ts'
import { lambdaPolicy } from './lambda-policy.ts'
import { management } from './management.ts'
import { managementAccess } from './management-access.ts'
import { managementClient } from './management-client.ts'
import { managementRefusals } from './management-refusals.ts'
import { order } from './order.ts'
import { rates } from './rates.ts'
import { s3SsmLogs } from './s3-ssm-logs.ts'
import { selection } from './selection.ts'
import { signatures } from './signatures.ts'
import { stackEvents } from './stack-events.ts'
import { templates } from './templates.ts'

/** All facts, in the order of the sheets. */
export const sections: Section[] = [
  handshake, events, ids, selection, frames, closing, authorization, order, change, rates,
  management, managementRefusals, managementAccess, managementClient,
  controlPlane, controlPlaneErrors, deployments, templates,
  lambdaInvoke, lambdaErrors, lambdaLogs, lambdaFunctions, lambdaEnvironments, lambdaPolicy,
  denials, evaluation, iam, signatures,
  dynamodb, dynamodbItems,
  changeSets, stackEvents, earlyValidation, cloudFormation,
  s3SsmLogs,
]
