import { App, type AppProps, type Environment } from 'aws-cdk-lib'
import { ChatStack } from './chat.ts'
import { connect } from './01-connect/connect.ts'
import { sendMessage } from './02-send-message/send-message.ts'
import { routing } from './03-routing/routing.ts'
import { deploy } from './04-deploy/deploy.ts'
import { goodbye } from './06-goodbye/goodbye.ts'
import { friendly } from './07-friendly/friendly.ts'

/** Step 5 adds nothing: it talks to what is there. */
const nothing = () => {}

/** The steps, in order. Each adds its part to the chat. */
const steps = [connect, sendMessage, routing, deploy, nothing, goodbye, friendly]

export type ChatAppProps = AppProps & {
  /** the folder of this file, from which the functions' code is bundled; another one where this file itself was bundled to elsewhere */
  root?: string
  /** builds steps 1 to this one. @default the context `upTo`, else all of them */
  upTo?: number
  /** 1 to 12 of a-z and 0-9, appended to the names in a shared account. @default the context `suffix`, else none */
  suffix?: string
  /** account and region. @default those that the CDK CLI found */
  env?: Environment
  /** folders in which packages are looked for besides those above `root` */
  nodePaths?: string[]
  /** bundles of an earlier build, by their source; whoever builds often passes the same map each time */
  bundles?: Map<string, Uint8Array>
}

/** The CDK app: one stack, built by the steps up to `upTo`. Throws where a context value is not allowed. */
export function chatApp({
  root = import.meta.dirname,
  env = { account: process.env.CDK_DEFAULT_ACCOUNT, region: process.env.CDK_DEFAULT_REGION },
  nodePaths = [],
  bundles = new Map(),
  upTo,
  suffix,
  ...appProps
}: ChatAppProps = {}) {
  const app = new App(appProps)
  const chat = new ChatStack(app, { code: { root, nodePaths, bundles }, env, suffix: suffix ?? app.node.tryGetContext('suffix') })
  const last = stepNumber(upTo ?? app.node.tryGetContext('upTo') ?? steps.length)
  for (const addTo of steps.slice(0, last)) addTo(chat)
  return app
}

function stepNumber(upTo: number | string) {
  const number = Number(upTo)
  if (!Number.isInteger(number) || number < 1 || number > steps.length)
    throw new Error(`upTo must be a step from 1 to ${steps.length}, got "${upTo}".`)
  return number
}

// The CDK CLI sets CDK_OUTDIR when it runs this file, and the app then synthesizes by itself. Whoever imports the file does that alone.
if (process.env.CDK_OUTDIR) chatApp()
