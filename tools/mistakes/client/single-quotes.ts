import { lines, mistakeOutside } from '../mistake.ts'

export default mistakeOutside({
  symptom: 'Forbidden, or silence, for {\'action\': \'sendMessage\'}.',
  says: [/\{\s*'\w+'\s*:/],
  cause: 'JSON has double quotes only: with single ones the text is not JSON, and no route is found.',
  fix: 'Send {"action": "sendMessage", "data": "hi"}',
  docs: 'troubleshooting/client',
  break: lines(`> {'action': 'sendMessage', 'data': 'hi'}`, '< {"message": "Forbidden", "connectionId":"eHrdFcnvvHcCE-w=", "requestId":"eHrjDEuVPHcFWMg="}'),
})
