import framesNotReadable from './05-chat/frames-not-readable.ts'
import framesEmpty from './05-chat/frames-empty.ts'
import frameLeftOut from './05-chat/frame-left-out.ts'
import curlyQuotes from './05-chat/curly-quotes.ts'
import messageForAction from './05-chat/message-for-action.ts'
import anotherKindOfMessage from './05-chat/another-kind-of-message.ts'
import expectsWhatWasSent from './05-chat/expects-what-was-sent.ts'
import forbiddenExpected from './05-chat/forbidden-expected.ts'
import silenceExpected from './05-chat/silence-expected.ts'
import routeStillTakesIt from './05-chat/route-still-takes-it.ts'
import answerOfTheFunction from './05-chat/answer-of-the-function.ts'
import type { Mistake } from './mistake.ts'

/** Mistakes of step 5. Where several fit, the earlier is the likelier. */
export const chatMistakes = {
  'frames-not-readable': framesNotReadable,
  'frames-empty': framesEmpty,
  'frame-left-out': frameLeftOut,
  'curly-quotes': curlyQuotes,
  'message-for-action': messageForAction,
  'another-kind-of-message': anotherKindOfMessage,
  'expects-what-was-sent': expectsWhatWasSent,
  'forbidden-expected': forbiddenExpected,
  'silence-expected': silenceExpected,
  'route-still-takes-it': routeStillTakesIt,
  'answer-of-the-function': answerOfTheFunction,
} satisfies Record<string, Mistake>
