import type { Authority } from './iam/authority.ts'
import type { Clock } from './clock.ts'
import type { Events } from './events.ts'
import type { Faults } from './faults.ts'
import type { Input, OperationName, Output, Principal, ServiceName } from './service.ts'
import type { Place, Store } from './store.ts'

/** What the parts of one local AWS share. Several live in one process: nothing here is module-level. */
export type Cloud = {
  readonly store: Store
  readonly events: Events
  readonly faults: Faults
  readonly clock: Clock
  readonly authority: Authority
  /** `http://127.0.0.1:4566`; known once the port is open */
  readonly url: string
  /**
   * Calls an operation as a client would (faults, authorization, handler), without the wire. Throws AwsError.
   * @param as who calls; for steps that AWS does on its own behalf, `cloud.authority.internal(account)`
   */
  call<S extends ServiceName, O extends OperationName<S>>(service: S, operation: O, input: Input<S, O>, as: Principal, place: Place): Promise<Output<S, O>>
  /** Runs when the cloud stops, last registered first; `early`: before those that are not, while everything still works. Nobody is waited for long. */
  onStop(action: () => void | Promise<void>, options?: { early?: boolean }): void
}
