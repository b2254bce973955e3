import { deployMistake, edit } from '../mistake.ts'

export default deployMistake({
  symptom: 'The role defined for the function cannot be assumed by Lambda.',
  says: [/role defined for the function cannot be assumed by Lambda/],
  tell: 'A role that was made seconds ago is a matter of waiting (A14.5); one whose trust names another service never works.',
  cause: 'The role of the function does not trust lambda.amazonaws.com, or AWS does not know the new role everywhere yet.',
  fix: 'assumedBy: new ServicePrincipal(\'lambda.amazonaws.com\'). Where it is that already: deploy again.',
  at: 'steps/lambda.ts',
  line: /assumedBy/,
  docs: 'troubleshooting/deploy',
  break: edit('lambda.ts', 'lambda.amazonaws.com', 'apigateway.amazonaws.com'),
})
