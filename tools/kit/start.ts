import { connectLocal, type ChosenCloud } from '../lib/cloud.ts'
import { KitError } from '../lib/kit-error.ts'
import { duration, note, painted, printFailure, say, usesColour } from '../lib/output.ts'
import { stepByNumber, stepOfFile, steps } from '../steps.ts'
import { verify, type LocalSource, type Report } from '../verify/index.ts'
import { render } from '../verify/render.ts'
import { chooseCloud } from './choose-cloud.ts'
import type { Command } from './command.ts'
import { countdown } from './countdown.ts'
import { watchDeploys } from './deploy-mark.ts'
import { localSources, shownOutputs, shownRoom, stepsUpTo } from './deploying.ts'
import { openDesk } from './desk.ts'
import { isBuilt } from './docs/site.ts'
import { localChild } from './local-child.ts'
import { onAws } from './on-aws.ts'
import { currentStep, reachedStep, readProgress, recordResults } from './progress.ts'
import { isWorkedOn, pristineStarters } from './starters.ts'
import { stopRequested } from './stop-requested.ts'
import { watchSteps } from './watch-steps.ts'
import { chosenAws, describeCloud } from './with-cloud.ts'
import { createLoop } from './workshop-loop.ts'

const LOG_LINES = 5
const CHAT = 'npm run wscat, in two terminals; friendlier: npm run chat.'

export const command: Command = {
  summary: 'The workshop: deploys and verifies your work each time you save, until Ctrl-C.',
  usage: 'npm start',
  details: ['On the local AWS every save deploys. On aws a deploy takes a minute, so there it waits for Enter, or for npm run deploy in another terminal.'],
  example: 'npm start',
  async run() {
    const settings = await chooseCloud()
    pristineStarters()
    if (settings.cloud === 'aws') return workshop(() => chosenAws(settings))

    const local = await localChild()
    local.onExit((output) => {
      printFailure(new KitError({ what: `The local AWS ended by itself.${output.trim() ? `\n${output.trim()}` : ''}`, next: 'Start again: npm start' }))
      process.exit(1)
    })
    try {
      await workshop(async () => connectLocal({ suffix: settings.suffix }))
    } finally {
      await local.stop()
    }
  },
}

/** @param connect finds the cloud; asked again after signing in was needed, because what was read of credentials before has expired */
async function workshop(connect: () => Promise<ChosenCloud>) {
  const stopped = stopRequested()
  const first = await connect()
  const { name } = first
  const howTo = name === 'aws' ? onAws() : undefined
  const desk = await openDesk(first, connect)
  const waiting = countdown()
  let sources: LocalSource[] = []
  const loop = createLoop({
    current: () => currentStep().number,
    async deploy(_, signal) {
      const upTo = reachedStep()
      note(painted('dim', `Deploying ${stepsUpTo(upTo)} …`, usesColour({ stream: process.stderr })))
      try {
        const { cloud, deployer } = await desk.ready()
        const deployed = await deployer.deploy({ upTo, suffix: cloud.suffix, signal })
        sources = deployed.sources
        say(`✓ ${deployed.changed ? 'Deployed' : 'Nothing new to deploy'} (${duration(deployed.ms)})`)
        if (deployed.changed) for (const line of shownOutputs(deployed.outputs, cloud)) say(line)
        return true
      } catch (error) {
        if (!signal.aborted) await desk.tell(error, howTo?.again ?? 'Mend it and save.')
        return false
      }
    },
    async verify(step, signal, isOurs) {
      const { cloud, deployer } = await desk.ready()
      if (!isOurs) sources = await localSources(deployer, { upTo: reachedStep(), suffix: cloud.suffix })
      const report = await verify({ cloud, steps: [step], sources, signal, tell: waiting.tell }).finally(waiting.done)
      if (!signal.aborted) {
        await recordResults(report.steps)
        tellReport(report)
      }
      return { step, passed: report.steps[0]?.status === 'pass' }
    },
    passed(step, next) {
      tellNext(step, first)
      if (name === 'aws' || next === step || !isWorkedOn(stepByNumber(next))) return
      say(`steps/${stepByNumber(next).id} was changed already, so this goes on.`)
      void loop.poke()
    },
    failed: (error) => desk.tell(error, howTo?.again),
  })

  say(describeCloud(first))
  if (first.endpoint && isBuilt()) say(`site  · ${first.endpoint}/docs/`)
  tellWhere()
  for (const line of shownRoom()) say(line)
  const watcher = await watchSteps((files) => {
    say(`\n${painted('dim', clock())} ${shownFiles(files)}`)
    if (howTo) note(howTo.deploy)
    else void loop.poke()
  })
  const keys = howTo?.listen(() => void loop.poke())
  const unwatch = watchDeploys(first, ({ upTo }) => {
    say(`\n${painted('dim', clock())} another terminal deployed ${stepsUpTo(upTo)}`)
    void loop.look()
  })
  // The first look shows where one is; on aws it costs a deploy only when asked for.
  if (howTo) note(`${howTo.deploy} Ctrl-C ends.`)
  else void loop.poke()

  await stopped
  note('\nStopping …')
  keys?.()
  unwatch()
  await watcher.close()
  await loop.end()
  desk.close()
}

function tellWhere() {
  const { number, name, title, files } = currentStep()
  const done = readProgress().passed.length
  if (done === steps.length) return say(`All ${steps.length} steps pass. Chat: ${CHAT}`)
  say(`${painted('bold', `Step ${number} ${name}`)}  ${title}`)
  say(`  open   steps/${files[0]}`)
  say('  read   WORKSHOP.md   stuck: npm run hint   Ctrl-C ends')
}

function tellReport(report: Report) {
  say(render(report, { colour: usesColour() }))
  const failed = report.steps.flatMap(({ checks }) => checks).find(({ status }) => status === 'fail')
  const lines = (failed?.evidence?.log ?? '').split('\n').filter((line) => line.trim() && !/^(START|END|REPORT|INIT_START) /.test(line)).slice(-LOG_LINES)
  if (lines.length === 0) return
  say(painted('dim', '  the function\'s log ended with'))
  for (const line of lines) say(painted('dim', `    ${line.replaceAll('\t', ' ').slice(0, 160)}`))
}

function tellNext(passed: number, cloud: ChosenCloud) {
  const next = currentStep()
  if (readProgress().passed.length === steps.length) {
    say(painted('green', `✓ All ${steps.length} steps pass. Chat now: ${CHAT}`))
    return
  }
  if (next.number === passed) return
  say(`Next: step ${next.number} ${next.name}, ${next.title}. Open steps/${stepByNumber(next.number).files[0]}; ${cloud.name === 'local' ? 'saving it verifies it' : 'Enter verifies it'}.`)
}

const clock = () => new Date().toTimeString().slice(0, 8)

const shownFiles = (files: string[]) => {
  const [first, ...others] = files
  const step = stepOfFile(first!)
  return `saved steps/${first}${others.length > 0 ? ` and ${others.length} more` : ''}${step && step.number > currentStep().number ? ` (step ${step.number}; you are at step ${currentStep().number})` : ''}`
}
