import { edit, mistake } from '../mistake.ts'

export default mistake({
  symptom: 'wscat: Unexpected server response: 429',
  says: [/Unexpected server response: 429/],
  cause: 'The stage has route settings without throttling limits, and AWS then takes both for zero.',
  fix: 'Set rateLimit and burstLimit too, or leave the route settings out.',
  at: 'steps/04-deploy/deploy.ts',
  line: /detailedMetrics|new WebSocketStage/,
  docs: 'troubleshooting/deploy',
  matches: ({ handshake }) => handshake?.status === 429,
  break: edit('04-deploy/deploy.ts', `stageName: 'beta',`, `stageName: 'beta',\n    detailedMetricsEnabled: true,`),
})
