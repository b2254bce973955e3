import { randomUpper } from '../../ids.ts'
import type { Context, Operations } from '../../service.ts'
import { noSuchKey, quotaExceeded } from '../errors.ts'
import type { keyIndex } from '../key-index.ts'
import { page } from '../page.ts'
import { randomSecret } from '../sessions.ts'
import { KEY_LENGTH, own } from '../state.ts'
import type { AccessKey, Iam } from '../state.ts'
import { userOrCaller } from './users.ts'

const KEYS_PER_USER = 2

/** The long-term keys of users. */
export function accessKeys(iam: Iam, index: ReturnType<typeof keyIndex>): Operations<'iam'> {
  const { state } = iam
  const keysOf = (name: string) => Object.values(state.accessKeys).filter(({ userName }) => userName === name)

  function keyOf(userName: string | undefined, id: string | undefined, context: Context): AccessKey {
    const user = userOrCaller(iam, userName, context)
    const key = id === undefined ? undefined : own(state.accessKeys, id)
    if (key?.userName !== user.name) throw noSuchKey(id)
    return key
  }

  return {
    CreateAccessKey({ UserName }, context) {
      const user = userOrCaller(iam, UserName, context)
      if (keysOf(user.name).length >= KEYS_PER_USER) throw quotaExceeded('AccessKeysPerUser', KEYS_PER_USER)

      const key: AccessKey = { id: `AKIA${randomUpper(KEY_LENGTH)}`, secret: randomSecret(), userName: user.name, active: true, createdAt: iam.now() }
      iam.changeKeys(() => {
        state.accessKeys[key.id] = key
        index.add(key.id, iam.account)
      })
      return { AccessKey: { ...described(key), SecretAccessKey: key.secret } }
    },

    ListAccessKeys({ UserName, ...paging }, context) {
      const { items, paging: rest } = page(keysOf(userOrCaller(iam, UserName, context).name), paging)
      return { AccessKeyMetadata: items.map(described), ...rest }
    },

    UpdateAccessKey({ UserName, AccessKeyId, Status }, context) {
      const key = keyOf(UserName, AccessKeyId, context)
      iam.changeKeys(() => { key.active = Status === 'Active' })
      return {}
    },

    DeleteAccessKey({ UserName, AccessKeyId }, context) {
      const { id } = keyOf(UserName, AccessKeyId, context)
      iam.changeKeys(() => {
        delete state.accessKeys[id]
        index.remove(id)
      })
      return {}
    },
  }
}

const described = ({ id, userName, active, createdAt }: AccessKey) => ({
  UserName: userName,
  AccessKeyId: id,
  Status: active ? 'Active' as const : 'Inactive' as const,
  CreateDate: new Date(createdAt),
})
