import { deployMistake, edit } from '../mistake.ts'

export default deployMistake({
  symptom: 'Stage already exists',
  says: [/(Resource handler returned message: ")?\bStage already exists/],
  cause: 'The API has a stage of this name already: made by hand in the console, or twice by the code.',
  fix: 'Delete the stage that was made by hand, or the second new WebSocketStage, then deploy again.',
  at: 'steps/04-deploy/deploy.ts',
  line: /new WebSocketStage/,
  docs: 'troubleshooting/deploy',
  break: edit('04-deploy/deploy.ts', 'chat.stage = stage\n', `chat.stage = stage\n  new WebSocketStage(chat, 'SecondBeta', { webSocketApi: chat.api, stageName: 'beta', autoDeploy: true })\n`),
})
