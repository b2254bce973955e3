import { edit, mistake } from '../mistake.ts'

export default mistake({
  symptom: '{"message": "Forbidden", …} although route and key are right.',
  says: [/"message": "Forbidden"/, /The route selection expression is (?!\$request\.body\.action)\S+/, /"RouteSelectionExpression": "(?!\$request\.body\.action")/],
  examples: ['seen   The route selection expression is $request.body.message.', '    "RouteSelectionExpression": "$request.body.message",'],
  tell: 'get-api shows another RouteSelectionExpression than $request.body.action.',
  cause: 'The API looks for the route in another member of the message than action.',
  fix: 'Set the route selection expression of the API to $request.body.action.',
  at: 'steps/chat.ts',
  line: /routeSelectionExpression/,
  docs: 'troubleshooting/forbidden',
  matches: ({ check }) => check === 'selection',
  break: edit('chat.ts', `routeSelectionExpression: '$request.body.action'`, `routeSelectionExpression: '$request.body.message'`),
})
