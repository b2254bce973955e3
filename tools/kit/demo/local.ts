import path from 'node:path'
import { localCloud } from '../../lib/cloud.ts'
import { start } from '../../local-aws/index.ts'
import { openAws } from '../../verify/aws.ts'
import { runCdk } from '../cdk-cli.ts'
import { leftovers } from '../leftovers.ts'
import { play, type Phase } from './play.ts'

/** Plays the demo on a local AWS of its own below `home`, with the unmodified command line of the CDK. */
export async function playLocally(home: string, phase: Phase) {
  let aws: Awaited<ReturnType<typeof start>> | undefined
  try {
    await phase('start the local AWS', async () => {
      aws = await start({ state: path.join(home, 'local'), port: 0 })
      return aws.url
    })
    const cloud = localCloud(aws!)
    const cdk = (...words: string[]) => runCdk(cloud, [...words, '--app', `"${process.execPath}" --import tsx solutions/app.ts`, '--output', path.join(home, 'cdk.out')], { home: path.join(home, 'cdk') })
    await play({
      cloud, means: 'cdk',
      async deploy(step) { await cdk('deploy', '--context', `upTo=${step}`, '--require-approval', 'never') },
      async destroy() { await cdk('destroy', '--force') },
      opened: (listener) => aws!.events.on((event) => { if (event.kind === 'connection' && event.change === 'opened') listener() }),
      async left() {
        const clients = openAws(cloud)
        try {
          return await leftovers(clients)
        } finally {
          clients.close()
        }
      },
    }, phase)
  } finally {
    await aws?.stop()
  }
}
