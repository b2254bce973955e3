import { createHash, createHmac, type Hash, type Hmac } from 'node:crypto'

/** For tests: the hash that the SDK's signer wants to be given. */
export class Sha256 {
  private readonly hash: Hash | Hmac

  constructor(key?: any) {
    this.hash = key === undefined ? createHash('sha256') : createHmac('sha256', key)
  }
  update(data: any) {
    this.hash.update(data)
  }
  digest() {
    return Promise.resolve(new Uint8Array(this.hash.digest()))
  }
  reset() {}
}
