import type { AddPermissionCommandInput } from '@aws-sdk/client-lambda'
import { notBuilt } from '../aws-error.ts'
import { uuid } from '../ids.ts'
import type { Operations } from '../service.ts'
import { conflict, invalidParameter, notFound, preconditionFailed, violates } from './errors.ts'
import { findFunction, referenceTo, type FunctionRecord, type PolicyStatement } from './function-store.ts'
import type { Lambda } from './lambda.ts'

const STATEMENT_ID = /^[a-zA-Z0-9-_]+$/
const SERVICE = /^[a-z0-9-]+(\.[a-z0-9-]+)*\.amazonaws\.com$/
const ACCOUNT = /^\d{12}$/
const IDENTITY = /^arn:aws[a-z-]*:(iam|sts)::\d{12}:.+$/

/** The policy on a function, which says who may invoke it. @see D5 */
export function policyOperations({ document, place }: Lambda) {
  const find = (input: { FunctionName: string | undefined, Qualifier?: string }) => {
    const { qualifier } = referenceTo(input.FunctionName, place, input.Qualifier)
    if (qualifier === '$LATEST') throw invalidParameter('We currently do not support adding policies for $LATEST.')
    return findFunction(document.data, place, input.FunctionName, qualifier)
  }

  return {
    AddPermission(input) {
      const record = find(input)
      const { StatementId = '', RevisionId } = input
      if (!STATEMENT_ID.test(StatementId)) throw violates(StatementId, 'statementId', 'Member must satisfy regular expression pattern: ([a-zA-Z0-9-_]+)')
      checkRevision(record, RevisionId)
      const statements = record.policy?.statements ?? []
      if (statements.some(({ Sid }) => Sid === StatementId))
        throw conflict(`The statement id (${StatementId}) provided already exists. Please provide a new statement id, or remove the existing statement.`)

      const statement = statementOf(input, record)
      record.policy = { statements: [...statements, statement], revisionId: uuid() }
      document.changed()
      return { Statement: JSON.stringify(statement) }
    },

    RemovePermission(input) {
      const record = find(input)
      if (!record.policy) throw notFound('No policy is associated with the given resource.')
      checkRevision(record, input.RevisionId)
      const statements = record.policy.statements.filter(({ Sid }) => Sid !== input.StatementId)
      if (statements.length === record.policy.statements.length) throw notFound(`Statement ${input.StatementId} is not found in resource policy.`)

      record.policy = statements.length > 0 ? { statements, revisionId: uuid() } : undefined
      document.changed()
      return {}
    },

    GetPolicy(input) {
      const record = findFunction(document.data, place, input.FunctionName, input.Qualifier)
      if (!record.policy) throw notFound('The resource you requested does not exist.')
      return { Policy: policyDocument(record), RevisionId: record.policy.revisionId }
    },
  } satisfies Operations<'lambda'>
}

/** @see D5.2 */
export const policyDocument = ({ policy }: FunctionRecord) => JSON.stringify({ Version: '2012-10-17', Id: 'default', Statement: policy?.statements ?? [] })

function checkRevision(record: FunctionRecord, expected: string | undefined) {
  if (expected !== undefined && expected !== record.policy?.revisionId) throw preconditionFailed()
}

function statementOf(input: AddPermissionCommandInput, { configuration }: FunctionRecord): PolicyStatement {
  const { StatementId, Action, Principal, SourceArn, SourceAccount, PrincipalOrgID } = input
  const unbuilt = input.FunctionUrlAuthType ? 'FunctionUrlAuthType' : input.EventSourceToken ? 'EventSourceToken' : input.InvokedViaFunctionUrl ? 'InvokedViaFunctionUrl' : undefined
  if (unbuilt) throw notBuilt(`lambda AddPermission with ${unbuilt}`)

  const condition = {
    ...(PrincipalOrgID !== undefined || SourceAccount !== undefined ? {
      StringEquals: { ...(SourceAccount !== undefined && { 'AWS:SourceAccount': SourceAccount }), ...(PrincipalOrgID !== undefined && { 'aws:PrincipalOrgID': PrincipalOrgID }) },
    } : {}),
    ...(SourceArn !== undefined && { ArnLike: { 'AWS:SourceArn': SourceArn } }),
  }
  return {
    Sid: StatementId!, Effect: 'Allow', Principal: principalOf(Principal), Action: Action!, Resource: configuration.FunctionArn,
    ...(Object.keys(condition).length > 0 && { Condition: condition }),
  }
}

function principalOf(principal = ''): PolicyStatement['Principal'] {
  if (principal === '*') return '*'
  if (SERVICE.test(principal)) return { Service: principal }
  if (ACCOUNT.test(principal)) return { AWS: `arn:aws:iam::${principal}:root` }
  if (IDENTITY.test(principal)) return { AWS: principal }
  throw invalidParameter('The provided principal was invalid. Please check the principal and try again.')
}
