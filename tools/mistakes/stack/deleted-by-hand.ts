import { deployMistake, lines } from '../mistake.ts'

export default deployMistake({
  symptom: 'Resource of type \'AWS::Lambda::Function\' with identifier \'…\' was not found.',
  says: [/Resource of type 'AWS::[\w:]+' with identifier .* was not found/, /HandlerErrorCode: NotFound/],
  cause: 'Something that the stack made was deleted by hand, and CloudFormation still counts on it.',
  fix: 'npm run destroy, then deploy again. What the stack made is changed in the code, not in the console.',
  docs: 'troubleshooting/deploy',
  break: lines(`Resource handler returned message: "Resource of type 'AWS::Lambda::Function' with identifier 'putConnectedClientToDDB' was not found." (RequestToken: 5e6f, HandlerErrorCode: NotFound)`),
})
