import { edit, mistake, tells } from '../mistake.ts'

export default mistake({
  symptom: 'Error: getaddrinfo ENOTFOUND undefined',
  says: [/ENOTFOUND undefined/, /https:\/\/undefined/],
  cause: 'The endpoint is made of values that are undefined: domainName and stage are in event.requestContext.',
  fix: 'const { domainName, stage } = event.requestContext.',
  at: 'steps/02-send-message/sendMessageToConnectedClient.ts',
  line: /domainName/,
  docs: 'troubleshooting/send-message',
  matches: (evidence) => evidence.step >= 2 && tells(evidence, /ENOTFOUND undefined|https:\/\/undefined/),
  break: edit('02-send-message/sendMessageToConnectedClient.ts', '} = event.requestContext', '} = event as any'),
})
