import { lines, mistakeOutside } from '../mistake.ts'

export default mistakeOutside({
  symptom: 'Disconnected (code: 1009, reason: "Message too big")',
  says: [/\b1009\b/, /Message too (big|long)/, /PayloadTooLargeException/],
  cause: 'The message was over 32 KB in one frame, or over 128 KB in all, and API Gateway hung up.',
  fix: 'Say it in several messages, or send a link.',
  docs: 'troubleshooting/client',
  break: lines('Disconnected (code: 1009, reason: "Message too big")'),
})
