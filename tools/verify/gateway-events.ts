export type Sender = { apiId: string, stage: string, region: string, connectionId: string }

/** As the gateway makes it for a text frame (A4). `routeKey` is that of the route that takes it. */
export const messageEvent = ({ body, routeKey = 'sendMessage', ...sender }: Sender & { body: string, routeKey?: string }) => ({
  requestContext: { routeKey, messageId: sender.connectionId, eventType: 'MESSAGE', ...contextOf(sender) },
  body,
  isBase64Encoded: false,
})

/** As the gateway makes it when a connection has ended (A5). */
export function disconnectEvent(sender: Sender) {
  const { domainName } = contextOf(sender)
  const headers = { 'Host': domainName, 'x-api-key': '', 'X-Forwarded-For': '', 'x-restapi': '' }
  return {
    headers,
    multiValueHeaders: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]])),
    requestContext: { routeKey: '$disconnect', disconnectStatusCode: 1000, eventType: 'DISCONNECT', disconnectReason: '', ...contextOf(sender) },
    isBase64Encoded: false,
  }
}

function contextOf({ apiId, stage, region, connectionId }: Sender) {
  const requestId = `verify${Date.now().toString(36)}=`
  const now = Date.now()
  return {
    extendedRequestId: requestId, requestTime: new Date(now).toUTCString(), messageDirection: 'IN', stage, connectedAt: now, requestTimeEpoch: now,
    identity: { userAgent: 'verify', sourceIp: '127.0.0.1' }, requestId, domainName: `${apiId}.execute-api.${region}.amazonaws.com`, connectionId, apiId,
  }
}
