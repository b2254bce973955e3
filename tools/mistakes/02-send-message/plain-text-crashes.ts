import { edit, mistake, tells } from '../mistake.ts'

export default mistake({
  symptom: 'SyntaxError: Unexpected token, when somebody types plain text.',
  says: [/SyntaxError: Unexpected token .*(?:is not valid JSON|in JSON at position)/, /is not valid JSON/, /Unexpected end of JSON input/],
  examples: [`SyntaxError: Unexpected token 'h', "hello" is not valid JSON`, 'SyntaxError: Unexpected end of JSON input'],
  cause: 'JSON.parse throws when the body is not JSON, and nobody catches it.',
  fix: 'Catch it and answer 400.',
  at: 'steps/02-send-message/sendMessageToConnectedClient.ts',
  line: /JSON\.parse/,
  docs: 'troubleshooting/send-message',
  matches: (evidence) => evidence.check === 'takes-anything' && tells(evidence, /SyntaxError|not valid JSON/),
  break: edit('02-send-message/sendMessageToConnectedClient.ts', '} catch {', '} catch (error) {\n    throw error'),
})
