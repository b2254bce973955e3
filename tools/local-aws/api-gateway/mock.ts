import type { IntegrationResponse } from '@aws-sdk/client-apigatewayv2'
import { isMatch } from '../bounded-match.ts'
import { failed, type Outcome } from './outcome.ts'
import { own, type IntegrationRecord } from './records.ts'
import { evaluateSelection, parsed } from './selection.ts'

const NOT_BUILT = 'mock templates beyond JSON are not built into the local AWS'

/** `body` is the message, if there is one; `log` hears why an answer is an error. */
type Circumstances = { isTwoWay: boolean, body?: string, log(message: string): void }
type Templates = Record<string, string> | undefined

/**
 * MOCK: the request template says the status (A9.7); where answers go back, the response template of the matching integration response is
 * what the client reads (A9.12).
 *
 * A9.10: what AWS does without a request template is not recorded for WebSocket APIs. Here it counts as status 200, so that the mocks of
 * the console and of CDK's WebSocketMockIntegration accept a connection and swallow a message.
 *
 * Differs from AWS: templates are plain JSON. Velocity (`$context`, `$input`, `#if`) is not built; such a call answers an error, and the log says so.
 */
export function runMock({ integration, responses }: IntegrationRecord, { isTwoWay, body: message, log }: Circumstances): Outcome {
  const sources = { request: { body: message === undefined ? undefined : parsed(message) } }
  const template = chosen(integration.RequestTemplates, integration.TemplateSelectionExpression, sources)
  const status = template === undefined ? 200 : statusIn(template)
  if (status === undefined || isVelocity(template)) {
    log(isVelocity(template) ? NOT_BUILT : `The request template of the mock is not JSON with a numeric statusCode: ${template}`)
    return failed(500)
  }
  if (!isTwoWay) return { kind: 'answered', status }

  const response = matching(Object.values(responses), status)
  const body = response && chosen(response.ResponseTemplates, response.TemplateSelectionExpression, sources)
  if (!response || isVelocity(body)) {
    log(response ? NOT_BUILT : `The mock has no integration response for status ${status}.`)
    return failed(500)
  }
  return { kind: 'answered', status, body }
}

const isVelocity = (template: string | undefined) => template !== undefined && /[$#]/.test(template)

function statusIn(template: string) {
  const rendered = parsed(template) as { statusCode?: unknown } | undefined
  return typeof rendered?.statusCode === 'number' ? rendered.statusCode : undefined
}

function chosen(templates: Templates, expression: string | undefined, sources: object) {
  if (!templates) return undefined
  const key = expression === undefined ? '$default' : evaluateSelection(expression, sources)
  return own(templates, key) ?? own(templates, '$default')
}

/** Keys are `/200/`, `/2\d\d/`, or `$default` for the rest (A9.3). */
function matching(responses: IntegrationResponse[], status: number) {
  const matches = ({ IntegrationResponseKey = '' }: IntegrationResponse) => {
    const [, pattern] = /^\/(.*)\/$/.exec(IntegrationResponseKey) ?? []
    return pattern !== undefined && isMatch(pattern, String(status)) === true
  }
  return responses.find(matches) ?? responses.find(({ IntegrationResponseKey }) => IntegrationResponseKey === '$default')
}
