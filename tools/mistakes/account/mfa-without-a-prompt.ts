import { lines, mistakeOutside } from '../mistake.ts'

export default mistakeOutside({
  symptom: 'The profile requires multi-factor authentication, but no MFA code callback was provided.',
  says: [/requires multi-factor authentication/, /MultiFactorAuthentication failed/, /MFA token required/i],
  cause: 'The profile asks for a code of your second factor, and the kit has no place to type one.',
  fix: 'Get a session with it first (aws sts get-session-token --serial-number ARN --token-code CODE) and export its three keys.',
  docs: 'troubleshooting/account',
  break: lines('CredentialsProviderError: Profile workshop requires multi-factor authentication, but no MFA code callback was provided.'),
})
