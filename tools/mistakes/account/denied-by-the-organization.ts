import { lines, mistakeOutside } from '../mistake.ts'

export default mistakeOutside({
  symptom: 'AccessDenied … with an explicit deny in a service control policy',
  says: [/with an explicit deny in a(n)? (service control|resource control|identity-based|permissions boundary|session)/, /(?<!access this resource with an )explicit deny/],
  cause: 'A policy of the company forbids it; no policy of yours can allow it again.',
  fix: 'Use a sandbox account or another region, or npm run use local. Waiting does not help.',
  docs: 'troubleshooting/account',
  break: lines('User: arn:aws:sts::111122223333:assumed-role/dev/ada is not authorized to perform: lambda:CreateFunction on resource: x with an explicit deny in a service control policy'),
})
