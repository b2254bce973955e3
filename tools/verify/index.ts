import path from 'node:path'
import type { ChosenCloud } from '../lib/cloud.ts'
import { root } from '../lib/paths.ts'
import type { Sdk } from '../mistakes/mistake.ts'
import { openAws } from './aws.ts'
import type { Check } from './check.ts'
import { findChat, functionNames } from './find.ts'
import { createPatience, type Tell } from './patience.ts'
import { createProbe } from './probe.ts'
import { reportOf, stepReport, type Report, type StepReport } from './report.ts'
import { runChecks } from './runner.ts'
import type { LocalSource } from './source.ts'
import { checks as step1 } from './step-1.ts'
import { checks as step2 } from './step-2.ts'
import { checks as step3 } from './step-3.ts'
import { checks as step4 } from './step-4.ts'
import { checks as step5 } from './step-5.ts'
import { checks as step6 } from './step-6.ts'
import { checks as step7 } from './step-7.ts'

export { isGreen, type CheckReport, type Report, type ShownCause, type StepReport } from './report.ts'
export { sha256, type LocalSource } from './source.ts'
export type { Progress, Tell } from './patience.ts'

/** The checks of each step, in the order in which a person would debug. */
export const checksOf: Record<number, Check[]> = { 1: step1, 2: step2, 3: step3, 4: step4, 5: step5, 6: step6, 7: step7 }

export type VerifyOptions = {
  cloud: ChosenCloud
  /** numbers of the steps to verify, in this order */
  steps: number[]
  /** what `steps/` would deploy, so that failures can name lines in it */
  sources?: LocalSource[]
  /** the tree with what participants write for people and not for AWS, such as `05-chat/frames.ts`. @default steps/ */
  tree?: string
  /** which API, where several could be the participant's */
  apiId?: string
  /** ends the run early; probes are removed all the same */
  signal?: AbortSignal
  /** told what is going on, for whoever watches */
  tell?: Tell
  /** whether to wait for what AWS needs time for. @default only on AWS */
  patient?: boolean
}

/** Looks at the participant's chat as any AWS client would, and reports what works and why something does not. Removes what it brought along. */
export async function verify({ cloud, steps, sources, tree = path.join(root, 'steps'), apiId, signal, tell, patient = cloud.name === 'aws' }: VerifyOptions): Promise<Report> {
  const aws = openAws(cloud)
  const chat = findChat({ aws, cloud, apiId })
  const patience = createPatience({ patient, tell, signal })
  const probe = createProbe({ aws, cloud, chat, patience, tell })
  try {
    const reports: StepReport[] = []
    for (const step of steps) {
      const results = await runChecks({ step, checks: checksOf[step] ?? [], context: { cloud, aws, chat, probe, patience, tree }, sources, signal, tell })
      reports.push(stepReport(step, results, sources))
    }
    return reportOf(cloud, reports)
  } finally {
    await probe.end()
    aws.close()
  }
}

/** What a mistake's `spoil` gets: clients, and the chat as it is deployed. */
export async function openSdk(cloud: ChosenCloud): Promise<Sdk & { close(): void }> {
  const aws = openAws(cloud)
  const chat = findChat({ aws, cloud })
  await Promise.all([chat.stack(), chat.routes(), chat.stage(), chat.table(), ...functionNames.map((name) => chat.function(name))])
  const { apigatewayv2, cloudformation, dynamodb, iam, lambda } = aws
  return { apigatewayv2, cloudformation, dynamodb, iam, lambda, chat: chat.facts(), close: aws.close }
}
