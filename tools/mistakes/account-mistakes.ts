import profileUnknown from './account/profile-unknown.ts'
import sessionExpired from './account/session-expired.ts'
import noCredentials from './account/no-credentials.ts'
import credentialsRefused from './account/credentials-refused.ts'
import mfaWithoutAPrompt from './account/mfa-without-a-prompt.ts'
import anotherAccount from './account/another-account.ts'
import regionMissing from './account/region-missing.ts'
import anotherRegion from './account/another-region.ts'
import deployedElsewhere from './account/deployed-elsewhere.ts'
import bootstrapTooOld from './account/bootstrap-too-old.ts'
import notBootstrapped from './account/not-bootstrapped.ts'
import bootstrapLeftBehind from './account/bootstrap-left-behind.ts'
import runtimeNotOffered from './account/runtime-not-offered.ts'
import concurrencyUsedUp from './account/concurrency-used-up.ts'
import concurrencyOfANewAccount from './account/concurrency-of-a-new-account.ts'
import deniedByTheOrganization from './account/denied-by-the-organization.ts'
import rightsMissing from './account/rights-missing.ts'
import rootUser from './account/root-user.ts'
import sessionEndsSoon from './account/session-ends-soon.ts'
import awsEndpointInTheShell from './account/aws-endpoint-in-the-shell.ts'
import regionsContradict from './account/regions-contradict.ts'
import regionNotEnabled from './account/region-not-enabled.ts'
import cdkCliTooOld from './account/cdk-cli-too-old.ts'
import nameTaken from './account/name-taken.ts'
import accountThrottled from './account/account-throttled.ts'
import type { Mistake } from './mistake.ts'

/** Mistakes of the account: credentials, region, what it holds and allows. Where one causes another it comes first. */
export const accountMistakes = {
  'profile-unknown': profileUnknown,
  'session-expired': sessionExpired,
  'no-credentials': noCredentials,
  'credentials-refused': credentialsRefused,
  'mfa-without-a-prompt': mfaWithoutAPrompt,
  'another-account': anotherAccount,
  'region-missing': regionMissing,
  'another-region': anotherRegion,
  'deployed-elsewhere': deployedElsewhere,
  'bootstrap-too-old': bootstrapTooOld,
  'not-bootstrapped': notBootstrapped,
  'bootstrap-left-behind': bootstrapLeftBehind,
  'runtime-not-offered': runtimeNotOffered,
  'concurrency-used-up': concurrencyUsedUp,
  'concurrency-of-a-new-account': concurrencyOfANewAccount,
  'denied-by-the-organization': deniedByTheOrganization,
  'rights-missing': rightsMissing,
  'root-user': rootUser,
  'session-ends-soon': sessionEndsSoon,
  'aws-endpoint-in-the-shell': awsEndpointInTheShell,
  'regions-contradict': regionsContradict,
  'region-not-enabled': regionNotEnabled,
  'cdk-cli-too-old': cdkCliTooOld,
  'name-taken': nameTaken,
  'account-throttled': accountThrottled,
} satisfies Record<string, Mistake>
