import { lines, mistakeOutside } from '../mistake.ts'

export default mistakeOutside({
  symptom: 'The stack fails: the table or a function already exists.',
  says: [/\b(WebsocketConnection|\S*ConnectedClient\S*) already exists/i, /Resource of type 'AWS::[\w:]+' with identifier .* already exists/, /Resource handler returned message: .*already exist/],
  cause: 'Somebody else in a shared account, or you by hand in the console, made something of this name.',
  fix: 'Take a suffix of your own (npm run use aws suffix=ada), or delete what is in the way, then deploy again.',
  docs: 'troubleshooting/account',
  break: lines("Resource handler returned message: \"Resource of type 'AWS::DynamoDB::Table' with identifier 'WebsocketConnection' already exists.\""),
})
