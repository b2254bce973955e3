import { functionNames } from '../../verify/find.ts'

/** What a chat is made of, besides its stack and the code in the bootstrap's bucket. */
export type Kind = 'stack' | 'API' | 'function' | 'table' | 'role' | 'log group' | 'code'

/** Whose it is: the suffix in its name; undefined for the participant without one. */
export type Owner = { suffix: string | undefined }

const FUNCTIONS = functionNames.join('|')
const SUFFIX = '(?:-([a-z0-9]{1,12}))?'

const PATTERNS: Partial<Record<Kind, RegExp[]>> = {
  'stack': [new RegExp(`^ChatStack${SUFFIX}$`)],
  'API': [new RegExp(`^My Chat API${SUFFIX}$`)],
  'function': [new RegExp(`^(?:${FUNCTIONS})${SUFFIX}$`)],
  'table': [new RegExp(`^WebsocketConnection${SUFFIX}$`)],
  // CloudFormation's names go on with the logical id, which has capitals (G2.13); the console's end in "-role-" and eight characters.
  'role': [new RegExp(`^ChatStack${SUFFIX}-(?=[a-z]*[A-Z])`), new RegExp(`^(?:${FUNCTIONS})${SUFFIX}-role(?:-[a-z0-9]{8})?$`)],
  'log group': [new RegExp(`^/aws/lambda/(?:${FUNCTIONS})${SUFFIX}$`)],
}

/** Whose a thing of this kind and name is; undefined where it is not a chat's by its name. */
export function ownerByName(kind: Kind, name: string): Owner | undefined {
  const match = PATTERNS[kind]?.map((pattern) => pattern.exec(name)).find(Boolean)
  return match ? { suffix: match[1] } : undefined
}

/** What CloudFormation writes on each resource that it makes, and what stays on it when the stack goes without it. */
export const STACK_TAG = 'aws:cloudformation:stack-name'

/** Whose a thing is by the stack that made it. */
export const ownerByTag = (tags: Record<string, string> | undefined): Owner | undefined => {
  const stack = tags?.[STACK_TAG]
  return stack === undefined ? undefined : ownerByName('stack', stack)
}
