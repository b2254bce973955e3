import { lines, mistakeOutside } from '../mistake.ts'

export default mistakeOutside({
  symptom: 'error: write EPROTO … wrong version number',
  says: [/\bEPROTO\b/, /ssl3_get_record|wrong version number|packet length too long/i, /wscat\b.*\b(wss|https):\/\/(localhost|127\.0\.0\.1)/],
  cause: 'The client speaks TLS to a port that does not: wss:// or https:// for the local AWS.',
  fix: 'Take ws://localhost:4566/… for the local AWS, as every command prints it.',
  docs: 'troubleshooting/client',
  break: lines('$ npx wscat -c wss://localhost:4566/a1b2c3d4e5/beta', 'error: write EPROTO 80BBEF1F:error:0A00010B:SSL routines:ssl3_get_record:wrong version number:../deps/openssl/ssl/record/ssl3_record.c:355:'),
})
