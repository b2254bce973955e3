import { edit, mistake, tells } from '../mistake.ts'

export default mistake({
  symptom: 'TypeError [ERR_INVALID_ARG_TYPE], when somebody sends an object.',
  says: [/ERR_INVALID_ARG_TYPE/, /must be of type string or an instance of/, /The "data" argument must be of type string/],
  cause: 'The member data of a message may be an object, and a post takes text only.',
  fix: 'Pass on JSON.stringify(data) where data is not a string.',
  at: 'steps/02-send-message/sendMessageToConnectedClient.ts',
  line: /data\b/,
  docs: 'troubleshooting/send-message',
  matches: (evidence) => evidence.check === 'takes-anything' && tells(evidence, /ERR_INVALID_ARG_TYPE|must be of type string or an instance of|TypeError/),
  break: edit('02-send-message/sendMessageToConnectedClient.ts', `typeof data === 'string' ? data : JSON.stringify(data)`, 'data'),
})
