import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'

/**
 * Whether CloudFormation has a resource type of this name, as far as aws-cdk-lib knows: it has a class for each.
 * Differs from AWS: types that are newer than the installed aws-cdk-lib are taken for none; without it, any `AWS::A::B` for one.
 */
export function isTypeOfAws(type: string): boolean {
  if (!/^AWS(::[A-Za-z0-9]+){2}$/.test(type)) return false
  const types = listed()
  return types === undefined || Object.hasOwn(types, type)
}

/** Read anew each time: only templates with types that are not built come here. */
function listed(): Record<string, string> | undefined {
  try {
    const library = createRequire(import.meta.url).resolve('aws-cdk-lib/package.json')
    return JSON.parse(readFileSync(path.join(path.dirname(library), 'cloudformation-include', 'cfn-types-2-classes.json'), 'utf8'))
  } catch {
    return undefined
  }
}
