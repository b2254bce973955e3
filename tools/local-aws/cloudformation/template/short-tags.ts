import type { CollectionTag, ScalarTag, Tags, YAMLMap, YAMLSeq } from 'yaml'

const FUNCTIONS = [
  'And', 'Base64', 'Cidr', 'Equals', 'FindInMap', 'GetAtt', 'GetAZs', 'If', 'ImportValue', 'Join', 'Length', 'Not', 'Or', 'Select', 'Split',
  'Sub',
  'ToJsonString', 'Transform',
]

type Items = YAMLSeq.Parsed | YAMLMap.Parsed

/** `!Ref x` means `{ Ref: x }`, `!Sub x` means `{ "Fn::Sub": x }`. */
const longForm = (name: string) => (name === 'Ref' || name === 'Condition' ? name : `Fn::${name}`)

/** In a scalar only `!GetAtt` has a form of its own: `X.Arn` names the resource and its attribute. */
function fromScalar(name: string, text: string) {
  const [target, ...attribute] = text.split('.')
  return { [longForm(name)]: name === 'GetAtt' ? [target, attribute.join('.')] : text }
}

/**
 * The short forms of CloudFormation's functions in YAML.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference.html
 */
export const shortTags: Tags = ['Ref', 'Condition', ...FUNCTIONS].flatMap((name): (ScalarTag | CollectionTag)[] => [
  { tag: `!${name}`, resolve: (text: string) => fromScalar(name, text) },
  { tag: `!${name}`, collection: 'seq', resolve: (items: Items) => ({ [longForm(name)]: items.toJSON() }) as never },
  { tag: `!${name}`, collection: 'map', resolve: (items: Items) => ({ [longForm(name)]: items.toJSON() }) as never },
])
