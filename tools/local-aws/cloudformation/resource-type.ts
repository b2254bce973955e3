import type { Tag } from '@aws-sdk/client-cloudformation'
import type { Input, OperationName, Output, ServiceName } from '../service.ts'
import type { Place } from '../store.ts'
import type { Shape } from './shape.ts'

/** Calls other services as the stack's principal. Throws HandlerFailure. */
export type Aws = {
  call<S extends ServiceName, O extends OperationName<S>>(service: S, operation: O, input: Input<S, O>): Promise<Output<S, O>>
}

/** What a resource type knows besides the properties. */
export type Request = {
  aws: Aws
  place: Place
  stackName: string
  logicalId: string
  /** the physical id: planned by `plan` when creating, the present one later; '' where the service will choose */
  id: string
  /** of the stack; a type that takes tags adds its own Tags property (tags.ts) */
  stackTags: Tag[]
  /** before this operation */
  previousStackTags: Tag[]
  /**
   * Tell at once when the physical thing exists, before further calls that may fail: from then on it is deleted again if the rest goes wrong.
   * A type whose creation is one call need not.
   */
  made(id: string): Promise<void>
}

/** What exists afterwards: the id (default: the one planned) and what `Fn::GetAtt` may ask. */
export type Made = { id?: string, attributes?: Record<string, unknown> }

/**
 * A type of resource, in terms of the operations that a client would call. Properties arrive resolved and in the types of `properties`.
 */
export type ResourceType<P extends object = any> = {
  properties: { readonly [name: string]: Shape }
  /** Changing one of these means a new physical resource; any other is changed in place. */
  replacedBy: readonly (keyof P & string)[] | 'every property'
  /** what `Fn::GetAtt` may ask */
  attributes: readonly string[]
  /** The property that, if given, names the resource: such a resource cannot be replaced under its name (G2.4). */
  nameProperty?: keyof P & string
  /** Whether tags of the stack are put on it. */
  tagged?: boolean
  /** The physical id where it can be known before creation. It is written down first, so that a crash in between leaves nothing unnoticed. */
  plan?(properties: P, request: Request): string
  /** Whether something has the planned id already (G2.2). Only needed where the template may choose the name. */
  exists?(properties: P, request: Request): Promise<boolean>
  create(properties: P, request: Request): Promise<Made | void>
  /** What is missing from `properties` goes back to its default. Answers the new attributes if they changed. */
  update?(properties: P, request: Request, previous: P): Promise<Made | void>
  /** A resource that is gone already may throw NotFound: that counts as deleted. */
  delete(properties: P, request: Request): Promise<void>
}

/** The types that an engine knows. */
export type ResourceTypes = { readonly [type: string]: ResourceType }

/** Keeps the type of the properties. */
export const resourceType = <P extends object>(definition: ResourceType<P>) => definition
