/** Trouble that can be asked for. `where` fields narrow it; a field left out means "everywhere". */
export type Fault =
  /** `@connections` answers 410 */
  | { kind: 'gone', connectionId?: string }
  /** the operation answers that the rate was exceeded, e.g. service `apigatewayv2`, operation `CreateDeployment` */
  | { kind: 'throttle', service: string, operation?: string }
  /** the operation answers only after `ms` */
  | { kind: 'slow', service: string, operation?: string, ms: number }
  /** IAM says no to this action, e.g. `dynamodb:PutItem`; `principal` is a role or user name */
  | { kind: 'deny', action: string, principal?: string }
  /** what the gateway sends to clients gets lost */
  | { kind: 'drop', connectionId?: string }
  /** new and changed policies take effect only after `ms` (E2.8) */
  | { kind: 'policy-delay', ms: number }
  /** services can assume a new role only after `ms` (A14.5); CloudFormation does not wait for it here */
  | { kind: 'role-delay', ms: number }
  /** nothing can be written to the state folder (ENOSPC) */
  | { kind: 'disk-full' }
  /** deployments reach the data plane only after `ms` (A14.2) */
  | { kind: 'deployment-delay', ms: number }

export type FaultOf<K extends Fault['kind']> = Extract<Fault, { kind: K }>

export type Faults = {
  /** Makes `fault` true until the answer is called. The id is for the HTTP interface; setting an id again replaces it. */
  set(fault: Fault, id?: string): () => void
  remove(id: string): boolean
  /** The faults of one kind that are set, oldest first. */
  active<K extends Fault['kind']>(kind: K): FaultOf<K>[]
}

export function createFaults(): Faults {
  const set = new Map<string, Fault>()
  let count = 0
  return {
    set(fault, id = `fault-${++count}`) {
      set.set(id, fault)
      return () => { if (set.get(id) === fault) set.delete(id) }
    },
    remove: (id) => set.delete(id),
    active: <K extends Fault['kind']>(kind: K) => [...set.values()].filter((fault): fault is FaultOf<K> => fault.kind === kind),
  }
}
