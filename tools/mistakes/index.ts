import nothingStored from './01-connect/nothing-stored.ts'
import answersNothing from './01-connect/answers-nothing.ts'
import noApi from './01-connect/no-api.ts'
import noFunction from './01-connect/no-function.ts'
import oldRuntime from './01-connect/old-runtime.ts'
import noTable from './01-connect/no-table.ts'
import wrongKey from './01-connect/wrong-key.ts'
import sortKey from './01-connect/sort-key.ts'
import tableNameUnset from './01-connect/table-name-unset.ts'
import tableNameMisspelt from './01-connect/table-name-misspelt.ts'
import putGrantMissing from './01-connect/put-grant-missing.ts'
import connectionIdFromEvent from './01-connect/connection-id-from-event.ts'
import sdkV2 from './01-connect/sdk-v2.ts'
import callbackHandler from './01-connect/callback-handler.ts'
import handlerNotFound from './01-connect/handler-not-found.ts'
import noConnectRoute from './01-connect/no-connect-route.ts'
import connectLeadsElsewhere from './01-connect/connect-leads-elsewhere.ts'
import connectNotPermitted from './01-connect/connect-not-permitted.ts'
import noWords from './02-send-message/no-words.ts'
import secondTableNameUnset from './02-send-message/second-table-name-unset.ts'
import scanGrantMissing from './02-send-message/scan-grant-missing.ts'
import deleteGrantMissing from './02-send-message/delete-grant-missing.ts'
import postGrantMissing from './02-send-message/post-grant-missing.ts'
import readsNobody from './02-send-message/reads-nobody.ts'
import postsToNobody from './02-send-message/posts-to-nobody.ts'
import postsToTheSenderOnly from './02-send-message/posts-to-the-sender-only.ts'
import endpointWithoutScheme from './02-send-message/endpoint-without-scheme.ts'
import endpointNotHttps from './02-send-message/endpoint-not-https.ts'
import endpointMissing from './02-send-message/endpoint-missing.ts'
import endpointWithoutStage from './02-send-message/endpoint-without-stage.ts'
import oneScanPage from './02-send-message/one-scan-page.ts'
import statusCode410 from './02-send-message/status-code-410.ts'
import keepsTheGone from './02-send-message/keeps-the-gone.ts'
import promiseAllRethrows from './02-send-message/promise-all-rethrows.ts'
import keepsBadRow from './02-send-message/keeps-bad-row.ts'
import plainTextCrashes from './02-send-message/plain-text-crashes.ts'
import objectAsData from './02-send-message/object-as-data.ts'
import emptyMessage from './02-send-message/empty-message.ts'
import noSendRoute from './03-routing/no-send-route.ts'
import routeKeyMisspelt from './03-routing/route-key-misspelt.ts'
import sendRouteElsewhere from './03-routing/send-route-elsewhere.ts'
import routeNotPermitted from './03-routing/route-not-permitted.ts'
import wrongSelectionExpression from './03-routing/wrong-selection-expression.ts'
import noOtherRoutes from './03-routing/no-other-routes.ts'
import noStage from './04-deploy/no-stage.ts'
import nothingDeployed from './04-deploy/nothing-deployed.ts'
import notInTheDeployedStage from './04-deploy/not-in-the-deployed-stage.ts'
import stageThrottledToZero from './04-deploy/stage-throttled-to-zero.ts'
import noOutputs from './04-deploy/no-outputs.ts'
import wrongOutputs from './04-deploy/wrong-outputs.ts'
import policyNotEverywhereYet from './account/policy-not-everywhere-yet.ts'
import { accountMistakes } from './account-mistakes.ts'
import { machineMistakes } from './machine-mistakes.ts'
import type { Evidence } from './evidence.ts'
import type { Mistake } from './mistake.ts'

export type * from './evidence.ts'
export type * from './machine-facts.ts'
export type * from './mistake.ts'

/** A mistake with its name: `id` is that of its file, `place` that of its folder; `step` where the folder is a step's. */
export type Entry = { id: string, place: string, step?: number, mistake: Mistake }
export type Cause = { id: string, mistake: Mistake }

/** Every mistake, in the order in which a person would think of it. */
export const mistakes: Entry[] = [
  ...entries('01-connect', {
    'no-api': noApi,
    'no-function': noFunction,
    'old-runtime': oldRuntime,
    'nothing-stored': nothingStored,
    'answers-nothing': answersNothing,
    'no-table': noTable,
    'wrong-key': wrongKey,
    'sort-key': sortKey,
    'table-name-unset': tableNameUnset,
    'table-name-misspelt': tableNameMisspelt,
    'put-grant-missing': putGrantMissing,
    'connection-id-from-event': connectionIdFromEvent,
    'sdk-v2': sdkV2,
    'callback-handler': callbackHandler,
    'handler-not-found': handlerNotFound,
    'no-connect-route': noConnectRoute,
    'connect-leads-elsewhere': connectLeadsElsewhere,
    'connect-not-permitted': connectNotPermitted,
  }),
  ...entries('02-send-message', {
    'no-words': noWords,
    'second-table-name-unset': secondTableNameUnset,
    'scan-grant-missing': scanGrantMissing,
    'delete-grant-missing': deleteGrantMissing,
    'post-grant-missing': postGrantMissing,
    'reads-nobody': readsNobody,
    'posts-to-nobody': postsToNobody,
    'posts-to-the-sender-only': postsToTheSenderOnly,
    'endpoint-without-scheme': endpointWithoutScheme,
    'endpoint-not-https': endpointNotHttps,
    'endpoint-missing': endpointMissing,
    'endpoint-without-stage': endpointWithoutStage,
    'one-scan-page': oneScanPage,
    'status-code-410': statusCode410,
    'keeps-the-gone': keepsTheGone,
    'promise-all-rethrows': promiseAllRethrows,
    'keeps-bad-row': keepsBadRow,
    'plain-text-crashes': plainTextCrashes,
    'object-as-data': objectAsData,
    'empty-message': emptyMessage,
  }),
  ...entries('03-routing', {
    'no-send-route': noSendRoute,
    'route-key-misspelt': routeKeyMisspelt,
    'send-route-elsewhere': sendRouteElsewhere,
    'route-not-permitted': routeNotPermitted,
    'wrong-selection-expression': wrongSelectionExpression,
    'no-other-routes': noOtherRoutes,
  }),
  ...entries('04-deploy', {
    'no-stage': noStage,
    'nothing-deployed': nothingDeployed,
    'not-in-the-deployed-stage': notInTheDeployedStage,
    'stage-throttled-to-zero': stageThrottledToZero,
    'no-outputs': noOutputs,
    'wrong-outputs': wrongOutputs,
  }),
  ...entries('machine', machineMistakes),
  ...entries('account', {
    'policy-not-everywhere-yet': policyNotEverywhereYet,
    ...accountMistakes,
  }),
]

function entries(place: string, named: Record<string, Mistake>): Entry[] {
  const [step] = /^\d+/.exec(place) ?? []
  return Object.entries(named).map(([id, mistake]) => ({ id, place, step: step === undefined ? undefined : Number(step), mistake }))
}

/** The causes that fit the evidence, the likeliest first: those of the step itself before those of earlier ones. Empty: none is known, and none is guessed. */
export function causesOf(evidence: Evidence): Cause[] {
  const fitting = mistakes.filter(({ step, mistake }) => (step === undefined || step <= evidence.step) && mistake.matches(evidence))
  return [...fitting.filter(({ step }) => step === evidence.step), ...fitting.filter(({ step }) => step !== evidence.step)]
}

/** The entry with this id, or those whose `says` know one of the lines in `text`, the one that knows most first. */
export function explain(text: string): Entry[] {
  const exact = mistakes.filter(({ id }) => id === text.trim())
  if (exact.length > 0) return exact

  const lines = text.split('\n').filter((line) => line.trim())
  const known = (entry: Entry) => lines.filter((line) => entry.mistake.says.some((pattern) => pattern.test(line))).length
  return mistakes.map((entry) => ({ entry, count: known(entry) })).filter(({ count }) => count > 0)
    .toSorted((a, b) => b.count - a.count).map(({ entry }) => entry)
}
