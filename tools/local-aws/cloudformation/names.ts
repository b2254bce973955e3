import { randomAlphanumeric } from '../ids.ts'

/**
 * A name as CloudFormation makes one up: `STACK-Logical-` and 12 random characters, the two parts cut evenly until all fit into `maxLength` (G2.11).
 */
export function generatedName(stackName: string, logicalId: string, maxLength: number): string {
  const room = maxLength - 12 - 2
  const half = Math.floor(room / 2)
  const stack = stackName.slice(0, Math.max(half, room - logicalId.length))
  return `${stack}-${logicalId.slice(0, room - stack.length)}-${randomAlphanumeric(12)}`
}

/** The short form that inline policies get: `Stac-Logi-` and 12 random characters (G2.13). */
export const shortName = (stackName: string, logicalId: string) => `${stackName.slice(0, 4)}-${logicalId.slice(0, 4)}-${randomAlphanumeric(12)}`
