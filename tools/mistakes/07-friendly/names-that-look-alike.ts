import { edit, mistake } from '../mistake.ts'

export default mistake({
  symptom: 'Somebody is called ADA, or Ada with an unseen character in it, and is taken for Ada.',
  says: [],
  cause: 'Names are compared letter by letter, and people do not read so.',
  fix: 'Compare what is left without case, accents, blanks and unseen characters: looksLike in words.ts does.',
  at: 'steps/07-friendly/understandPlainText.ts',
  line: /looksLike|===/,
  docs: 'troubleshooting/friendly',
  matches: ({ check, seen }) => check === 'one-name-one-person' && /typed \/name and it, (in capitals|with an unseen character in it), and was called/.test(seen),
  break: edit('07-friendly/understandPlainText.ts', 'looksLike(name, meaning.name)', 'name === meaning.name'),
})
