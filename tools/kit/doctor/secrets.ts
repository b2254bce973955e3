import { readdir, readFile } from 'node:fs/promises'
import { hostname, userInfo } from 'node:os'
import path from 'node:path'
import { awsProfiles } from './aws-files.ts'
import type { Place } from './place.ts'

/** What must not be in a report, word for word. */
export type Known = { secrets: string[], users: string[], hosts: string[], profiles: string[], home: string }

const SECRET_NAME = /key|token|secret|pass|auth|cred|cookie|signature|.pwd$/i
/** Where something lies is no secret. */
const PLACE_NAME = /^OLDPWD$|_(SOCK|FILE|PATH|DIR)$/i
const SECRET_PROFILE_SETTING = /^(aws_(access_key_id|secret_access_key|session_token)|mfa_serial|external_id|sso_start_url|credential_process)$/
/** Shorter ones would take ordinary words out of the text, and longer ones only are worth anything. */
const LEAST_LENGTH = 6
/** Names that many machines and accounts share tell nothing of anyone, and are words of their own. */
const COMMON_NAMES = /^(root|users?|admin(istrator)?|ubuntu|debian|node|runner|vagrant|ec2-user|home|guest|localhost|default|workshop|sandbox|test|dev|prod|local|aws)$/i

/** Collects them from the environment, ~/.aws, both .npmrc and the local AWS's own files. */
export async function knownSecrets(place: Place): Promise<Known> {
  const { environment, home, settings } = place
  const fromEnvironment = Object.entries(environment).filter(([name]) => SECRET_NAME.test(name) && !PLACE_NAME.test(name)).map(([, value]) => value ?? '')
  const profiles = await awsProfiles(place)
  const secrets = [
    ...fromEnvironment,
    ...Object.values(profiles).flatMap((profile) => Object.entries(profile)).filter(([name]) => SECRET_PROFILE_SETTING.test(name)).map(([, value]) => value),
    ...await npmSecrets(place),
    ...await localSecrets(place),
  ]
  return {
    secrets: [...new Set(secrets.filter((text) => text.length >= LEAST_LENGTH))],
    users: names(environment.USER, environment.USERNAME, environment.LOGNAME, userName(), path.basename(home)),
    hosts: names(environment.COMPUTERNAME, environment.HOSTNAME, environment.USERDOMAIN, hostname()),
    profiles: names(settings.profile, environment.AWS_PROFILE, ...Object.keys(profiles)),
    home,
  }
}

const names = (...all: (string | undefined)[]) => [...new Set(all.filter((name): name is string => name !== undefined && name.length >= 3 && !COMMON_NAMES.test(name)))]

/** It throws where the user has no entry, as in some containers. */
function userName() {
  try {
    return userInfo().username
  } catch {
    return undefined
  }
}

/** `//registry.example.com/:_authToken=…`, `_auth=…`, `_password=…` */
async function npmSecrets({ root, home }: Place) {
  const texts = await Promise.all([root, home].map((folder) => readFile(path.join(folder, '.npmrc'), 'utf8').catch(() => '')))
  return [...texts.join('\n').matchAll(/^\s*[^#;\s]*(?:_authToken|_auth|_password|username|certfile|keyfile)\s*=\s*"?([^"\n]+?)"?\s*$/gm)].map(([, value]) => value!)
}

/** Every text in the JSON of `credentials*` and running.json that is no address, number or time. */
async function localSecrets({ workshop }: Place) {
  const folder = path.join(workshop, 'local')
  const files = (await readdir(folder).catch(() => [])).filter((name) => name.startsWith('credentials') || name === 'running.json')
  const texts = await Promise.all(files.map((name) => readFile(path.join(folder, name), 'utf8').catch(() => '')))
  return [...texts.join('\n').matchAll(/"(?:accessKeyId|secretAccessKey|sessionToken|token)"\s*:\s*"([^"]+)"/g)].map(([, value]) => value!)
}
