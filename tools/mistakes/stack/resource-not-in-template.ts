import { lines, deployMistake } from '../mistake.ts'

export default deployMistake({
  symptom: 'Unresolved resource dependencies [Table] in the Resources block of the template',
  says: [/Unresolved resource dependencies \[[^\]]*\] in the \w+ block of the template/, /Template error: instance of Fn::(?:GetAtt|Sub) references (?:undefined|invalid) resource/, /Template error: instance of Fn::GetAtt references undefined resource/],
  examples: [
    'ValidationError: Template format error: Unresolved resource dependencies [Table] in the Resources block of the template',
    'Template error: instance of Fn::GetAtt references undefined resource Api',
  ],
  cause: 'The template names a resource that is not in it: a Ref or Fn::GetAtt with a logical id that was misspelt or renamed.',
  fix: 'In CDK hand on the object (table.tableName), not a name in a string. In a template of your own mend the logical id.',
  docs: 'troubleshooting/deploy',
  break: lines('ValidationError: Template format error: Unresolved resource dependencies [Table] in the Resources block of the template'),
})
