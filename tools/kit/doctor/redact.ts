import type { Known } from './secrets.ts'

/** What looks like a secret or tells who somebody is, whoever owns it. Order matters: a token with a name before a long text without one. */
const PATTERNS: [RegExp, string][] = [
  [/-----BEGIN [A-Z ]+-----[\s\S]*?(-----END [A-Z ]+-----|$)/g, '<secret>'],
  [/\b(\w+:\/\/)[^\s/@"']+@/g, '$1<secret>@'],
  [/\b(Bearer|Basic)\s+[\w.~+/=-]{6,}/gi, '$1 <secret>'],
  [/([\w-]*(?:_authToken|_auth|passw(?:or)?d|passphrase|pwd|secret|token|api[-_]?key|access[-_]?key(?:[-_]?id)?|signature|credential)["']?\s*[=:]\s*["']?)(?!<)[^\s"',&;}]{4,}/gi, '$1<secret>'],
  [/\b(AKIA|ASIA|ABIA|ACCA|AGPA|AIDA|AIPA|ANPA|ANVA|AROA)[A-Z0-9]{12,}\b/g, '<secret>'],
  [/\beyJ[\w-]{8,}\.[\w-]+\.?[\w-]*/g, '<secret>'],
  [/\b(npm_|gh[pousr]_|github_pat_|glpat-|xox[abprs]-)[\w-]{16,}/g, '<secret>'],
  [/[A-Za-z0-9+/=_-]{100,}/g, '<secret>'],
  // A secret access key: 40 characters, among them all three kinds, so that neither a path nor a commit is taken for one.
  [/(?<![\w+/=-])(?=[A-Za-z0-9+/]*[A-Z])(?=[A-Za-z0-9+/]*[a-z])(?=[A-Za-z0-9+/]*\d)[A-Za-z0-9+/]{40}(?![\w+/=-])/g, '<secret>'],
  [/\b[0-9a-f]{48,}\b/g, '<secret>'],
  [/\b[\w.+-]+@([\w-]+\.)+[a-z]{2,}\b/gi, '<email>'],
  [/\b[a-z0-9]{10}(?=\.execute-api\.)/g, '<api>'],
  [/(:(?:assumed-role|federated-user|user|role)\/)[^\s"',]+/g, '$1<name>'],
  [/\b(?!127\.|0\.0\.0\.0\b)(?:\d{1,3}\.){3}\d{1,3}\b/g, '<address>'],
]
const LOCAL_ACCOUNT = '000000000000'

/**
 * Makes texts fit to be shown to anyone: secrets that are known or look like one, home folder, names of user and machine, account numbers, e-mail and network
 * addresses, API ids. Account numbers stay distinguishable: `<account-1>`, `<account-2>`.
 *
 * @param more further texts and what to write instead, e.g. the host of a proxy
 */
export function createRedactor({ secrets, users, hosts, profiles, home }: Known, more: [string, string][] = []) {
  const exact = secrets.flatMap((secret) => [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)]).toSorted((a, b) => b.length - a.length)
  const accounts = new Map<string, string>()

  return function redact(text: string): string {
    let safe = text
    for (const secret of exact) safe = safe.replaceAll(secret, '<secret>')
    for (const folder of spellings(home)) safe = safe.replace(new RegExp(escaped(folder), 'gi'), '~')
    for (const [what, instead] of more) safe = safe.replaceAll(what, instead)
    for (const [pattern, instead] of PATTERNS) safe = safe.replace(pattern, instead)
    safe = safe.replace(/\b\d{12}\b/g, accountLabel)
    for (const name of profiles) safe = safe.replace(word(name), '<profile>')
    for (const name of users) safe = safe.replace(word(name), '<user>')
    for (const name of hosts) safe = safe.replace(word(name), '<host>')
    return safe
  }

  function accountLabel(account: string) {
    if (account === LOCAL_ACCOUNT) return account
    if (!accounts.has(account)) accounts.set(account, `<account-${accounts.size + 1}>`)
    return accounts.get(account)!
  }
}

/** A folder as it is, in JSON, with forward slashes, and in a URL. The file system's root is nobody's home. */
const spellings = (folder: string) => folder.length < 3 ? [] : [...new Set([JSON.stringify(folder).slice(1, -1), folder, folder.replaceAll('\\', '/'), encodeURI(folder.replaceAll('\\', '/'))])]

const word = (name: string) => new RegExp(`(?<![A-Za-z0-9])${escaped(name)}(?![A-Za-z0-9])`, 'gi')

const escaped = (text: string) => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')
