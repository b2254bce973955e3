import { mistake, spoil } from '../mistake.ts'

/** A package with index.js alone: exports.handler = async () => ({ statusCode: 200 }) */
const OTHER_CODE = 'UEsDBBQAAAAAAAAAIVw2tAsfNAAAADQAAAAIAAAAaW5kZXguanNleHBvcnRzLmhhbmRsZXIgPSBhc3luYyAoKSA9PiAoeyBzdGF0dXNDb2RlOiAyMDAgfSkKUEsBAhQDFAAAAAAAAAAhXDa0Cx80AAAANAAAAAgAAAAAAAAAAAAAAKQBAAAAAGluZGV4LmpzUEsFBgAAAAABAAEANgAAAFoAAAAAAA=='

export default mistake({
  symptom: 'The line is mended, and verify still says the same.',
  says: [],
  cause: 'What runs is not what lies in steps/: the code was edited after the last deploy, or changed in the console.',
  fix: 'Deploy, then verify again: npm run deploy. On the local AWS npm start does it on each save.',
  docs: 'troubleshooting/deploy',
  before: true,
  // Someone who builds by hand has no stack, and is not to be told to deploy one.
  matches: ({ sameCode, chat }) => sameCode === false && chat.stack !== undefined,
  break: spoil(({ lambda, chat }) => lambda.updateFunctionCode({
    FunctionName: chat.functions.putConnectedClientToDDB!.name, ZipFile: Uint8Array.from(atob(OTHER_CODE), (character) => character.charCodeAt(0)),
  })),
})
