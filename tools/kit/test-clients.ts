import path from 'node:path'
import { KitError } from '../lib/kit-error.ts'
import { note } from '../lib/output.ts'
import type { Command } from './command.ts'
import { filesEnding, guardedTests } from './guarded-tests.ts'

const usage = 'npm run test:clients'

export const command: Command = {
  summary: 'Lets clients that nobody here wrote judge the local AWS: awscli, boto3, websockets for Python, wscat, Chromium, the CDK.',
  usage: `${usage} | ${usage} PART`,
  details: [
    'PART   awscli, boto3, queues, chat, cdk or guard; left out: all, in about a minute',
    'They come from Debian: apt-get install awscli python3-boto3 python3-websockets chromium',
  ],
  example: `${usage} awscli`,
  async run(parts) {
    const isWanted = (file: string) => parts.length === 0 || parts.some((part) => path.basename(file).startsWith(part))
    const files = filesEnding('.clients.ts').filter(isWanted)
    if (files.length === 0) throw new KitError({ what: `No client is called "${parts.join('" or "')}".`, next: `${usage} help` })
    note('Each client has a local AWS of its own …')
    return guardedTests(files)
  },
}
