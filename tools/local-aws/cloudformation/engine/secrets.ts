import type { Definition } from '../state.ts'

/**
 * Makes a function that puts stars in the place of the values of NoEcho parameters, in texts and in JSON, wherever a stack is described.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/parameters-section-structure.html NoEcho
 */
export function hideSecrets(...definitions: (Definition | undefined)[]) {
  const values = definitions.flatMap((definition) => definition?.parameters ?? []).filter(({ noEcho, value }) => noEcho && value).map(({ value }) => value)
  const spellings = [...new Set(values.flatMap((value) => [value, JSON.stringify(value).slice(1, -1)]))]
  return <T extends string | undefined>(text: T): T => spellings.reduce<string | undefined>((shown, secret) => shown?.replaceAll(secret, '****'), text) as T
}
