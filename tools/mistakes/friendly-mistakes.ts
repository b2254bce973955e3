import defaultStillMocked from './07-friendly/default-still-mocked.ts'
import defaultNotPermitted from './07-friendly/default-not-permitted.ts'
import plainTextTableNameUnset from './07-friendly/plain-text-table-name-unset.ts'
import namesGrantMissing from './07-friendly/names-grant-missing.ts'
import updateGrantMissing from './07-friendly/update-grant-missing.ts'
import answerGrantMissing from './07-friendly/answer-grant-missing.ts'
import expectsJson from './07-friendly/expects-json.ts'
import reservedName from './07-friendly/reserved-name.ts'
import wordsNotPosted from './07-friendly/words-not-posted.ts'
import wordsToTheSenderOnly from './07-friendly/words-to-the-sender-only.ts'
import nameLeftOut from './07-friendly/name-left-out.ts'
import guestsWithoutNames from './07-friendly/guests-without-names.ts'
import guestNameRandom from './07-friendly/guest-name-random.ts'
import guestNameCutFromTheId from './07-friendly/guest-name-cut-from-the-id.ts'
import nameNotKept from './07-friendly/name-not-kept.ts'
import nameKeptInMemory from './07-friendly/name-kept-in-memory.ts'
import nameInAnotherAttribute from './07-friendly/name-in-another-attribute.ts'
import nameTakenTwice from './07-friendly/name-taken-twice.ts'
import namesThatLookAlike from './07-friendly/names-that-look-alike.ts'
import whoSaysNothing from './07-friendly/who-says-nothing.ts'
import whoListsIds from './07-friendly/who-lists-ids.ts'
import plainByeNotSaid from './07-friendly/plain-bye-not-said.ts'
import plainByeStays from './07-friendly/plain-bye-stays.ts'
import commandSaidToEveryone from './07-friendly/command-said-to-everyone.ts'
import answersEveryone from './07-friendly/answers-everyone.ts'
import controlCharactersPass from './07-friendly/control-characters-pass.ts'
import lettersLost from './07-friendly/letters-lost.ts'
import longerThanAPost from './07-friendly/longer-than-a-post.ts'
import nameWithoutLimit from './07-friendly/name-without-limit.ts'
import nameWithColon from './07-friendly/name-with-colon.ts'
import type { Mistake } from './mistake.ts'

/** Mistakes of step 7. Where several fit, the earlier is the likelier. */
export const friendlyMistakes = {
  'default-still-mocked': defaultStillMocked,
  'default-not-permitted': defaultNotPermitted,
  'plain-text-table-name-unset': plainTextTableNameUnset,
  'names-grant-missing': namesGrantMissing,
  'update-grant-missing': updateGrantMissing,
  'answer-grant-missing': answerGrantMissing,
  'expects-json': expectsJson,
  'reserved-name': reservedName,
  'words-not-posted': wordsNotPosted,
  'words-to-the-sender-only': wordsToTheSenderOnly,
  'name-left-out': nameLeftOut,
  'guests-without-names': guestsWithoutNames,
  'guest-name-random': guestNameRandom,
  'guest-name-cut-from-the-id': guestNameCutFromTheId,
  'name-not-kept': nameNotKept,
  'name-kept-in-memory': nameKeptInMemory,
  'name-in-another-attribute': nameInAnotherAttribute,
  'name-taken-twice': nameTakenTwice,
  'names-that-look-alike': namesThatLookAlike,
  'who-says-nothing': whoSaysNothing,
  'who-lists-ids': whoListsIds,
  'plain-bye-not-said': plainByeNotSaid,
  'plain-bye-stays': plainByeStays,
  'command-said-to-everyone': commandSaidToEveryone,
  'answers-everyone': answersEveryone,
  'control-characters-pass': controlCharactersPass,
  'letters-lost': lettersLost,
  'longer-than-a-post': longerThanAPost,
  'name-without-limit': nameWithoutLimit,
  'name-with-colon': nameWithColon,
} satisfies Record<string, Mistake>
