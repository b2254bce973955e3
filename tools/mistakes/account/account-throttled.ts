import { lines, mistakeOutside } from '../mistake.ts'

export default mistakeOutside({
  symptom: 'Rate exceeded, while many deploy in one account.',
  says: [/Throttling(Exception)?: Rate exceeded/, /Rate exceeded/, /ThrottlingException/, /TooManyRequestsException: Too Many Requests/],
  cause: 'AWS takes only a few changes per second and account, and the room deploys at once.',
  fix: 'Wait half a minute and deploy again. In a shared account: deploy in turns.',
  docs: 'troubleshooting/account',
  break: lines('Throttling: Rate exceeded (Service: CloudFormation, Status Code: 400)'),
})
