import type { ChosenCloud } from '../../lib/cloud.ts'
import { verify, type StepReport } from '../../verify/index.ts'
import type { Aws } from '../../verify/aws.ts'
import { PROBE_PREFIX } from '../../verify/find.ts'
import { webSocketApis } from '../../verify/read-chat.ts'
import type { Workbench } from '../deployer/testing.ts'

/** A chat under a suffix of its own, and the steps that verify looks at: between them the scenes use every right that verify has. */
export type Scene = { suffix: string, upTo?: number, steps: number[], change?(bench: Workbench): void, spoil?(aws: Aws): Promise<unknown> }

export const scenes: Scene[] = [
  { suffix: 'nostage', upTo: 3, steps: [1, 2, 3] },
  // Without step 5: for what it may not try, it takes AWS's word.
  { suffix: 'whole', upTo: 7, steps: [1, 2, 3, 4, 6, 7] },
  { suffix: 'first', upTo: 1, steps: [2] },
  {
    suffix: 'gone', upTo: 2, steps: [2],
    change: ({ edit }) => edit('02-send-message/sendMessageToConnectedClient.ts', 'error instanceof GoneException', '(error as any).statusCode === 410'),
  },
  {
    suffix: 'crash', upTo: 4, steps: [3, 4],
    change({ edit }) {
      edit('02-send-message/sendMessageToConnectedClient.ts', 'const clients = await', "throw new Error('on purpose')\n  const clients = await")
      edit('04-deploy/deploy.ts', "'WebSocketURL'", "'Url'")
    },
  },
  {
    suffix: 'grants', upTo: 1, steps: [1],
    change: ({ edit }) => edit('01-connect/connect.ts', "table.grant(putConnectedClientToDDB, 'dynamodb:PutItem')", "table.grant(putConnectedClientToDDB, 'dynamodb:GetItem')"),
    async spoil({ lambda }) {
      const FunctionName = 'putConnectedClientToDDB-grants'
      const { Policy } = await lambda.getPolicy({ FunctionName })
      for (const { Sid } of JSON.parse(Policy!).Statement) await lambda.removePermission({ FunctionName, StatementId: Sid })
    },
  },
  { suffix: 'nobody', steps: [1] },
]

/** What verify makes of a scene: what fails, how, and what it knows about it. */
export async function outcomeOf(cloud: ChosenCloud, { suffix, steps }: Scene): Promise<string> {
  try {
    const { steps: reports } = await verify({ cloud: { ...cloud, suffix }, steps })
    return JSON.stringify(reports.map(inShort))
  } catch (error) {
    return `it ended with ${(error as Error).name}`
  }
}

const inShort = ({ step, status, checks }: StepReport) => ({
  step, status,
  failed: checks.filter((check) => check.status === 'fail').map(({ id, evidence, causes = [] }) =>
    ({ id, broken: evidence?.broken?.name, causes: causes.map((cause) => cause.id), log: Boolean(evidence?.log), elsewhere: evidence?.elsewhere })),
  notes: checks.flatMap(({ note }) => note ?? []),
})

/** What a run without the right to clean up has left. */
export async function removeProbes(aws: Aws) {
  for (const { ApiId } of await webSocketApis(aws)) {
    const { Items = [] } = await aws.apigatewayv2.getStages({ ApiId })
    for (const { StageName } of Items) if (StageName!.startsWith(PROBE_PREFIX)) await aws.apigatewayv2.deleteStage({ ApiId, StageName })
  }
}
