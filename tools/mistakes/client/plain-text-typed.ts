import { lines, mistakeOutside } from '../mistake.ts'

export default mistakeOutside({
  symptom: 'Forbidden, or silence, for plain words.',
  says: [/^> *[^\s{[\]}"][^{}]*$/],
  cause: 'The API reads the member action of a message, and plain words have none. Step 7 changes that.',
  fix: 'Send {"action": "sendMessage", "data": "hello"}',
  docs: 'troubleshooting/client',
  break: lines('> hello everyone', '< {"message": "Forbidden", "connectionId":"eHrdFcnvvHcCE-w=", "requestId":"eHrjDEuVPHcFWMg="}'),
})
