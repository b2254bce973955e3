import rowNotDeleted from './06-goodbye/row-not-deleted.ts'
import disconnectTableNameUnset from './06-goodbye/disconnect-table-name-unset.ts'
import forgetGrantMissing from './06-goodbye/forget-grant-missing.ts'
import saysByeTooLate from './06-goodbye/says-bye-too-late.ts'
import disconnectStillMocked from './06-goodbye/disconnect-still-mocked.ts'
import disconnectNotPermitted from './06-goodbye/disconnect-not-permitted.ts'
import noLeaveRoute from './06-goodbye/no-leave-route.ts'
import goodbyeGrantMissing from './06-goodbye/goodbye-grant-missing.ts'
import byeIsOnlyReturned from './06-goodbye/bye-is-only-returned.ts'
import byeNotPosted from './06-goodbye/bye-not-posted.ts'
import closesBeforeBye from './06-goodbye/closes-before-bye.ts'
import staysConnected from './06-goodbye/stays-connected.ts'
import byeToEveryone from './06-goodbye/bye-to-everyone.ts'
import type { Mistake } from './mistake.ts'

/** Mistakes of step 6. Where several fit, the earlier is the likelier. */
export const goodbyeMistakes = {
  'row-not-deleted': rowNotDeleted,
  'disconnect-table-name-unset': disconnectTableNameUnset,
  'forget-grant-missing': forgetGrantMissing,
  'says-bye-too-late': saysByeTooLate,
  'disconnect-still-mocked': disconnectStillMocked,
  'disconnect-not-permitted': disconnectNotPermitted,
  'no-leave-route': noLeaveRoute,
  'goodbye-grant-missing': goodbyeGrantMissing,
  'bye-is-only-returned': byeIsOnlyReturned,
  'bye-not-posted': byeNotPosted,
  'closes-before-bye': closesBeforeBye,
  'stays-connected': staysConnected,
  'bye-to-everyone': byeToEveryone,
} satisfies Record<string, Mistake>
