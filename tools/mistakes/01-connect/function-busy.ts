import { lines, mistakeOutside } from '../mistake.ts'

export default mistakeOutside({
  symptom: 'ResourceConflictException: an update is in progress for the function.',
  says: [/The operation cannot be performed at this time\. (?:An update is in progress|The function is currently in the following state)/],
  cause: 'Lambda changes one thing of a function at a time, and the change before is still under way: some seconds.',
  fix: 'Wait a moment and do it again. In a script: aws lambda wait function-updated --function-name NAME',
  docs: 'troubleshooting/connect',
  break: lines('ResourceConflictException: The operation cannot be performed at this time. An update is in progress for resource: arn:aws:lambda:us-east-1:111122223333:function:putConnectedClientToDDB'),
})
