import { lines, mistake, tells } from '../mistake.ts'

/** What Node says of a type, of `import type` and of `as any`, each in a file of JavaScript. */
const NOT_JAVASCRIPT = /SyntaxError: (?:Unexpected token '?[:{]'?|Unexpected identifier '(?:type|as|APIGatewayProxy\w*)'|Missing initializer in const declaration)(?!.*JSON)/

export default mistake({
  symptom: 'Runtime.UserCodeSyntaxError: SyntaxError: Unexpected token \':\'',
  says: [NOT_JAVASCRIPT],
  examples: [
    `{"errorType":"Runtime.UserCodeSyntaxError","errorMessage":"SyntaxError: Unexpected token ':'"}`,
    `SyntaxError: Unexpected identifier 'type'`,
  ],
  tell: 'The line that the error names holds a type, as in `event: APIGatewayProxyWebsocketEventV2`.',
  cause: 'TypeScript was pasted into the editor of the Lambda console, and Lambda runs JavaScript.',
  fix: 'Take the types out (import type, and what follows the colons), or let the kit bundle and deploy it: npm start.',
  docs: 'troubleshooting/connect',
  matches: (evidence) => tells(evidence, NOT_JAVASCRIPT),
  break: lines(`{"errorType":"Runtime.UserCodeSyntaxError","errorMessage":"SyntaxError: Unexpected token ':'"}`),
})
