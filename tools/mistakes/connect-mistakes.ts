import noApi from './01-connect/no-api.ts'
import noFunction from './01-connect/no-function.ts'
import oldRuntime from './01-connect/old-runtime.ts'
import forgotAwait from './01-connect/forgot-await.ts'
import swallowsErrors from './01-connect/swallows-errors.ts'
import nothingStored from './01-connect/nothing-stored.ts'
import answersNothing from './01-connect/answers-nothing.ts'
import statusCodeIsText from './01-connect/status-code-is-text.ts'
import statusCodeMissing from './01-connect/status-code-missing.ts'
import noTable from './01-connect/no-table.ts'
import wrongKey from './01-connect/wrong-key.ts'
import sortKey from './01-connect/sort-key.ts'
import tableNameUnset from './01-connect/table-name-unset.ts'
import tableNameMisspelt from './01-connect/table-name-misspelt.ts'
import anotherVariable from './01-connect/another-variable.ts'
import regionFixedInCode from './01-connect/region-fixed-in-code.ts'
import putGrantMissing from './01-connect/put-grant-missing.ts'
import connectionIdFromEvent from './01-connect/connection-id-from-event.ts'
import testEventOfTheConsole from './01-connect/test-event-of-the-console.ts'
import itemKeyMisspelt from './01-connect/item-key-misspelt.ts'
import valueWithoutType from './01-connect/value-without-type.ts'
import valueWithType from './01-connect/value-with-type.ts'
import sdkV2 from './01-connect/sdk-v2.ts'
import callbackHandler from './01-connect/callback-handler.ts'
import handlerNotFound from './01-connect/handler-not-found.ts'
import handlerFileMissing from './01-connect/handler-file-missing.ts'
import packageMissing from './01-connect/package-missing.ts'
import modulesMixed from './01-connect/modules-mixed.ts'
import typescriptInTheConsole from './01-connect/typescript-in-the-console.ts'
import importForgotten from './01-connect/import-forgotten.ts'
import v2Habits from './01-connect/v2-habits.ts'
import callWithoutCommand from './01-connect/call-without-command.ts'
import functionBusy from './01-connect/function-busy.ts'
import functionHangs from './01-connect/function-hangs.ts'
import outOfMemory from './01-connect/out-of-memory.ts'
import noConnectRoute from './01-connect/no-connect-route.ts'
import connectWithoutDollar from './01-connect/connect-without-dollar.ts'
import connectLeadsElsewhere from './01-connect/connect-leads-elsewhere.ts'
import connectNotPermitted from './01-connect/connect-not-permitted.ts'
import connectWantsSignature from './01-connect/connect-wants-signature.ts'
import postsFromConnect from './01-connect/posts-from-connect.ts'
import type { Mistake } from './mistake.ts'

/** Mistakes of step 1. Where several fit, the earlier is the likelier. */
export const connectMistakes = {
  'no-api': noApi,
  'no-function': noFunction,
  'old-runtime': oldRuntime,
  'forgot-await': forgotAwait,
  'swallows-errors': swallowsErrors,
  'nothing-stored': nothingStored,
  'answers-nothing': answersNothing,
  'status-code-is-text': statusCodeIsText,
  'status-code-missing': statusCodeMissing,
  'no-table': noTable,
  'wrong-key': wrongKey,
  'sort-key': sortKey,
  'table-name-unset': tableNameUnset,
  'table-name-misspelt': tableNameMisspelt,
  'another-variable': anotherVariable,
  'region-fixed-in-code': regionFixedInCode,
  'put-grant-missing': putGrantMissing,
  'connection-id-from-event': connectionIdFromEvent,
  'test-event-of-the-console': testEventOfTheConsole,
  'item-key-misspelt': itemKeyMisspelt,
  'value-without-type': valueWithoutType,
  'value-with-type': valueWithType,
  'sdk-v2': sdkV2,
  'callback-handler': callbackHandler,
  'handler-not-found': handlerNotFound,
  'handler-file-missing': handlerFileMissing,
  'package-missing': packageMissing,
  'modules-mixed': modulesMixed,
  'typescript-in-the-console': typescriptInTheConsole,
  'import-forgotten': importForgotten,
  'v2-habits': v2Habits,
  'call-without-command': callWithoutCommand,
  'function-busy': functionBusy,
  'function-hangs': functionHangs,
  'out-of-memory': outOfMemory,
  'no-connect-route': noConnectRoute,
  'connect-without-dollar': connectWithoutDollar,
  'connect-leads-elsewhere': connectLeadsElsewhere,
  'connect-not-permitted': connectNotPermitted,
  'connect-wants-signature': connectWantsSignature,
  'posts-from-connect': postsFromConnect,
} satisfies Record<string, Mistake>
