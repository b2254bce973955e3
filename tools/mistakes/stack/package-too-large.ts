import { deployMistake, lines } from '../mistake.ts'

export default deployMistake({
  symptom: 'Unzipped size must be smaller than 262144000 bytes',
  says: [/Unzipped size must be smaller than \d+ bytes/, /Request must be smaller than \d+ bytes for the \w+ operation/],
  cause: 'The package of a function is too large: a whole folder went in, with node_modules and all.',
  fix: 'Take lambda(chat, name, file) of steps/lambda.ts: it packs one file with what it imports, about 1 MB.',
  docs: 'troubleshooting/deploy',
  break: lines('Resource handler returned message: "Unzipped size must be smaller than 262144000 bytes (Service: Lambda, Status Code: 400)"'),
})
