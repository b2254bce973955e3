import type { Store } from '../store.ts'

/**
 * Which account an access key belongs to. The key is all that a request brings, and accounts are not listed anywhere in memory after a restart.
 */
export function keyIndex(store: Store) {
  const document = store.document<Record<string, string>>('iam-keys', { account: 'all', region: 'global' }, () => ({}))
  return {
    accountOf: (accessKeyId: string) => Object.hasOwn(document.data, accessKeyId) ? document.data[accessKeyId] : undefined,
    add(accessKeyId: string, account: string) {
      document.data[accessKeyId] = account
      document.changed()
    },
    remove(accessKeyId: string) {
      delete document.data[accessKeyId]
      document.changed()
    },
  }
}
