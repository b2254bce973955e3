import { mistake, spoil } from '../mistake.ts'

export default mistake({
  symptom: 'wscat: Unexpected server response: 429',
  says: [/Unexpected (?:server response|response code): 429/],
  tell: 'The very first client is refused, too: it is no matter of how many there are.',
  cause: 'The stage has route settings without throttling limits, and AWS then takes both for zero.',
  fix: 'Set rateLimit and burstLimit too, or leave the route settings out.',
  at: 'steps/04-deploy/deploy.ts',
  line: /detailedMetrics|new WebSocketStage/,
  docs: 'troubleshooting/deploy',
  matches: ({ handshake }) => handshake?.status === 429,
  break: spoil(({ apigatewayv2, chat }) => apigatewayv2.updateStage({
    ApiId: chat.api!.id, StageName: chat.stage!.name, DefaultRouteSettings: { ThrottlingBurstLimit: 0, ThrottlingRateLimit: 0 },
  })),
})
