import dataFromTheEvent from './02-send-message/data-from-the-event.ts'
import anotherMember from './02-send-message/another-member.ts'
import noWords from './02-send-message/no-words.ts'
import tableNotHandedOn from './02-send-message/table-not-handed-on.ts'
import secondTableNameUnset from './02-send-message/second-table-name-unset.ts'
import scanGrantMissing from './02-send-message/scan-grant-missing.ts'
import deleteGrantMissing from './02-send-message/delete-grant-missing.ts'
import postGrantMissing from './02-send-message/post-grant-missing.ts'
import readsNobody from './02-send-message/reads-nobody.ts'
import postsToNobody from './02-send-message/posts-to-nobody.ts'
import postsNotAwaited from './02-send-message/posts-not-awaited.ts'
import scanLimit from './02-send-message/scan-limit.ts'
import postsToTheSenderOnly from './02-send-message/posts-to-the-sender-only.ts'
import skipsTheSender from './02-send-message/skips-the-sender.ts'
import listNotAwaited from './02-send-message/list-not-awaited.ts'
import idWithType from './02-send-message/id-with-type.ts'
import idUndefined from './02-send-message/id-undefined.ts'
import endpointWithoutScheme from './02-send-message/endpoint-without-scheme.ts'
import endpointNotHttps from './02-send-message/endpoint-not-https.ts'
import endpointMissing from './02-send-message/endpoint-missing.ts'
import endpointWithoutStage from './02-send-message/endpoint-without-stage.ts'
import endpointWithConnections from './02-send-message/endpoint-with-connections.ts'
import domainUndefined from './02-send-message/domain-undefined.ts'
import failuresUnseen from './02-send-message/failures-unseen.ts'
import answers500InSilence from './02-send-message/answers-500-in-silence.ts'
import oneScanPage from './02-send-message/one-scan-page.ts'
import statusCode410 from './02-send-message/status-code-410.ts'
import keepsTheGone from './02-send-message/keeps-the-gone.ts'
import deleteKeyWrong from './02-send-message/delete-key-wrong.ts'
import promiseAllRethrows from './02-send-message/promise-all-rethrows.ts'
import keepsBadRow from './02-send-message/keeps-bad-row.ts'
import plainTextCrashes from './02-send-message/plain-text-crashes.ts'
import objectAsData from './02-send-message/object-as-data.ts'
import emptyMessage from './02-send-message/empty-message.ts'
import answerTooLate from './02-send-message/answer-too-late.ts'
import type { Mistake } from './mistake.ts'

/** Mistakes of step 2. Where several fit, the earlier is the likelier. */
export const sendMessageMistakes = {
  'data-from-the-event': dataFromTheEvent,
  'another-member': anotherMember,
  'no-words': noWords,
  'table-not-handed-on': tableNotHandedOn,
  'second-table-name-unset': secondTableNameUnset,
  'scan-grant-missing': scanGrantMissing,
  'delete-grant-missing': deleteGrantMissing,
  'post-grant-missing': postGrantMissing,
  'reads-nobody': readsNobody,
  'posts-to-nobody': postsToNobody,
  'posts-not-awaited': postsNotAwaited,
  'scan-limit': scanLimit,
  'posts-to-the-sender-only': postsToTheSenderOnly,
  'skips-the-sender': skipsTheSender,
  'list-not-awaited': listNotAwaited,
  'id-with-type': idWithType,
  'id-undefined': idUndefined,
  'endpoint-without-scheme': endpointWithoutScheme,
  'endpoint-not-https': endpointNotHttps,
  'endpoint-missing': endpointMissing,
  'endpoint-without-stage': endpointWithoutStage,
  'endpoint-with-connections': endpointWithConnections,
  'domain-undefined': domainUndefined,
  'failures-unseen': failuresUnseen,
  'answers-500-in-silence': answers500InSilence,
  'one-scan-page': oneScanPage,
  'status-code-410': statusCode410,
  'keeps-the-gone': keepsTheGone,
  'delete-key-wrong': deleteKeyWrong,
  'promise-all-rethrows': promiseAllRethrows,
  'keeps-bad-row': keepsBadRow,
  'plain-text-crashes': plainTextCrashes,
  'object-as-data': objectAsData,
  'empty-message': emptyMessage,
  'answer-too-late': answerTooLate,
} satisfies Record<string, Mistake>
