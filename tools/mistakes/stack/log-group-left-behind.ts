import { deployMistake, lines } from '../mistake.ts'

export default deployMistake({
  symptom: 'Resource of type \'AWS::Logs::LogGroup\' … already exists.',
  says: [/(Resource handler returned message: .*)?AWS::Logs::LogGroup.*\/aws\/lambda\/.*already exists/, /\/aws\/lambda\/\w+ already exists/],
  tell: 'The name begins with /aws/lambda/: a log group, and no table or function of somebody else.',
  cause: 'A log group of this name is left from before: a function that may make log groups brought it back after the stack was gone.',
  fix: 'npm run destroy deletes what is left, log groups too. Then deploy again.',
  docs: 'troubleshooting/deploy',
  break: lines(`Resource handler returned message: "Resource of type 'AWS::Logs::LogGroup' with identifier '{"/properties/LogGroupName":"/aws/lambda/putConnectedClientToDDB"}' already exists." (HandlerErrorCode: AlreadyExists)`),
})
