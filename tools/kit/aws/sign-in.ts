import { loadSharedConfigFiles } from '@smithy/core/config'

/** Where credentials come from, and what renews them: `at` is a place, `how` an imperative with the command in it. */
export type SignIn = { at: string, how: string }

type Section = Record<string, string | undefined> | undefined

/**
 * How whoever uses `profile` signs in, by what the AWS files and the environment say. Reads the files anew: people sign in while the kit runs,
 * and the SDK would go on with what it has read before.
 */
export async function signInOf(profile: string | undefined, environment: NodeJS.ProcessEnv = process.env): Promise<SignIn> {
  const { configFile, credentialsFile } = await loadSharedConfigFiles({ ignoreCache: true })
  const name = profile ?? environment.AWS_PROFILE
  // A chosen profile goes before exported keys, as in the SDK's own chain.
  if (!name && environment.AWS_ACCESS_KEY_ID)
    return { at: 'the keys exported in this terminal', how: 'Export fresh keys (from where you took these), or unset them and sign in: aws sso login' }

  const chosen = name ?? 'default'
  const option = name ? ` --profile ${name}` : ''
  const at = name ? `profile ${name}` : 'the default credential chain'
  return { at, how: howTo({ config: configFile[chosen], keys: credentialsFile[chosen], chosen, option }) }
}

function howTo({ config, keys, chosen, option }: { config: Section, keys: Section, chosen: string, option: string }) {
  if (config?.sso_session || config?.sso_start_url) return `Sign in again: aws sso login${option}`
  if (config?.login_session) return `Sign in again: aws login${option}`
  if (config?.credential_process) return `Sign in with the program that profile ${chosen} names: ${config.credential_process.split(' ')[0]}`
  if (keys?.aws_session_token) return `Put fresh keys into ~/.aws/credentials, under [${chosen}]`
  if (keys?.aws_access_key_id) return `Check the keys in ~/.aws/credentials, under [${chosen}]`
  return `Sign in: aws sso login${option}, or aws configure${option}`
}
