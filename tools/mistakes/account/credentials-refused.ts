import { machine, mistakeOutside } from '../mistake.ts'

export default mistakeOutside({
  symptom: 'The security token included in the request is invalid.',
  says: [/InvalidClientTokenId|UnrecognizedClientException|InvalidAccessKeyId|InvalidIdentityToken/, /security token included in the request is invalid/, /SignatureDoesNotMatch/, /AWS does not accept the credentials/],
  cause: 'AWS does not know these keys: deleted, copied in part, without their session token, or of another partition.',
  fix: 'Copy all of them again (temporary keys have three parts), or sign in: aws sso login. Old ones may still be exported: env | grep AWS_',
  docs: 'troubleshooting/account',
  machine: { subject: 'credentials', severity: 'fail', seen: ({ credentials }) => credentials?.status === 'refused' ? `AWS says: ${credentials.message ?? 'no'}` : undefined },
  break: machine({ credentials: { status: 'refused', message: 'The security token included in the request is invalid.' } }),
})
