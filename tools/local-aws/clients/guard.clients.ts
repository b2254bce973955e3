import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { it } from 'node:test'
import { clientEnvironment, emptyHome, run } from './client-process.ts'
import { program } from './programs.ts'

/** Announces what Python announces before it connects or looks up, and tells which of it was refused. Nothing is really tried. */
const TRY = `
import sys
for event, *args in (
    ('socket.connect', None, ('192.0.2.1', 443)),
    ('socket.connect', None, ('2001:db8::1', 443, 0, 0)),
    ('socket.getaddrinfo', 'sts.amazonaws.com', 443, 0, 0, 0),
    ('socket.sendto', None, ('192.0.2.1', 53)),
    ('socket.connect', None, ('127.0.0.1', 443)),
    ('socket.connect', None, ('::1', 443, 0, 0)),
    ('socket.getaddrinfo', 'localhost', 443, 0, 0, 0),
    ('socket.connect', None, '/run/some.sock'),
):
    try:
        sys.audit(event, *args)
        print('let through')
    except OSError:
        print('refused')
`

it('guards Python: what is off loopback is refused and written down', async () => {
  const home = await emptyHome()
  try {
    const log = path.join(home.folder, 'log')
    const nobody = { keys: { accessKeyId: 'none', secretAccessKey: 'none' }, region: 'us-east-1' }
    const env = { ...clientEnvironment(home.folder, nobody), LOOPBACK_GUARD_LOG: log }

    const { stdout, stderr } = await run(program('boto3'), ['-c', TRY], { env })

    assert.equal(stderr, '')
    assert.deepEqual(stdout.trim().split('\n'), [...Array(4).fill('refused'), ...Array(4).fill('let through')])
    assert.equal((await readFile(log, 'utf8')).trim().split('\n').length, 4)
  } finally {
    await home.remove()
  }
})
