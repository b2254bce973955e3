import urlWithoutScheme from './client/url-without-scheme.ts'
import noTls from './client/no-tls.ts'
import tlsOnAPlainPort from './client/tls-on-a-plain-port.ts'
import stageInAnotherCase from './client/stage-in-another-case.ts'
import stageLeftOut from './client/stage-left-out.ts'
import connectionUrl from './client/connection-url.ts'
import apiNotFound from './client/api-not-found.ts'
import notAWebsocketApi from './client/not-a-websocket-api.ts'
import placeholderInUrl from './client/placeholder-in-url.ts'
import wscatNotFound from './client/wscat-not-found.ts'
import wscatWithoutConnect from './client/wscat-without-connect.ts'
import questionMarkUnquoted from './client/question-mark-unquoted.ts'
import exclamationMark from './client/exclamation-mark.ts'
import smartQuotes from './client/smart-quotes.ts'
import severalLines from './client/several-lines.ts'
import anotherMemberThanAction from './client/another-member-than-action.ts'
import actionInAnotherCase from './client/action-in-another-case.ts'
import singleQuotes from './client/single-quotes.ts'
import quotesVanish from './client/quotes-vanish.ts'
import plainTextTyped from './client/plain-text-typed.ts'
import dataLeftOut from './client/data-left-out.ts'
import functionFailed from './client/function-failed.ts'
import noEcho from './client/no-echo.ts'
import messageTooLong from './client/message-too-long.ts'
import binaryFrame from './client/binary-frame.ts'
import idleTooLong from './client/idle-too-long.ts'
import connectionLost from './client/connection-lost.ts'
import subprotocolUnanswered from './client/subprotocol-unanswered.ts'
import openedAsAPage from './client/opened-as-a-page.ts'
import browserHidesTheStatus from './client/browser-hides-the-status.ts'
import sendsBeforeOpen from './client/sends-before-open.ts'
import pageForbidsTheConnection from './client/page-forbids-the-connection.ts'
import unsignedPost from './client/unsigned-post.ts'
import npmInAnotherFolder from './client/npm-in-another-folder.ts'
import type { Mistake } from './mistake.ts'

/** Mistakes of the client: what is typed, pasted and read in a terminal or a browser. In the order in which a person meets them. */
export const clientMistakes = {
  'url-without-scheme': urlWithoutScheme,
  'no-tls': noTls,
  'tls-on-a-plain-port': tlsOnAPlainPort,
  'stage-in-another-case': stageInAnotherCase,
  'stage-left-out': stageLeftOut,
  'connection-url': connectionUrl,
  'api-not-found': apiNotFound,
  'not-a-websocket-api': notAWebsocketApi,
  'placeholder-in-url': placeholderInUrl,
  'wscat-not-found': wscatNotFound,
  'wscat-without-connect': wscatWithoutConnect,
  'question-mark-unquoted': questionMarkUnquoted,
  'exclamation-mark': exclamationMark,
  'smart-quotes': smartQuotes,
  'several-lines': severalLines,
  'another-member-than-action': anotherMemberThanAction,
  'action-in-another-case': actionInAnotherCase,
  'single-quotes': singleQuotes,
  'quotes-vanish': quotesVanish,
  'plain-text-typed': plainTextTyped,
  'data-left-out': dataLeftOut,
  'function-failed': functionFailed,
  'no-echo': noEcho,
  'message-too-long': messageTooLong,
  'binary-frame': binaryFrame,
  'idle-too-long': idleTooLong,
  'connection-lost': connectionLost,
  'subprotocol-unanswered': subprotocolUnanswered,
  'opened-as-a-page': openedAsAPage,
  'browser-hides-the-status': browserHidesTheStatus,
  'sends-before-open': sendsBeforeOpen,
  'page-forbids-the-connection': pageForbidsTheConnection,
  'unsigned-post': unsignedPost,
  'npm-in-another-folder': npmInAnotherFolder,
} satisfies Record<string, Mistake>
