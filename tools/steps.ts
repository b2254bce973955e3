/** One step of the workshop. Scripts, docs and tests follow from `steps`, the one list. */
export type Step = {
  /** 1, 2, … as participants say it */
  number: number
  /** the folder's name in steps/ and solutions/: `01-connect` */
  id: string
  /** the id without its number: `connect` */
  name: string
  title: string
  minutes: number
  /** what belongs to the step, from the root of steps/; the first is where its TODOs begin */
  files: string[]
  /** a nudge, a pointer, nearly the answer */
  hints: [string, string, string]
  /** the heading of the seed that this step follows */
  seedSection: string
}

/** Files of steps/ and solutions/ that belong to no step: given, the same in both. */
export const givenFiles = ['app.ts', 'chat.ts', 'lambda.ts']

export const steps: Step[] = [
  {
    number: 1, id: '01-connect', name: 'connect', minutes: 25,
    title: 'Remember who connects',
    files: ['01-connect/putConnectedClientToDDB.ts', '01-connect/connect.ts', '01-connect/test-event.json'],
    hints: [
      'Think of who asks whom. API Gateway asks your function whether a client may come in. The function needs a table to write to, the table\'s name, the right to write there, and an answer in the 200s.',
      'The id is event.requestContext.connectionId. Send a PutItemCommand with TableName and Item; in the Item each value says its type: { S: … } is a string. In connect.ts look at new Table(…), addEnvironment, table.grant and chat.route.',
      'await dynamoDB.send(new PutItemCommand({ TableName: process.env.TABLE_NAME, Item: { connectionId: { S: … } } })), then return { statusCode: 200 }. In connect.ts: a Table with partitionKey { name: \'connectionId\', type: AttributeType.STRING }; addEnvironment(\'TABLE_NAME\', table.tableName); table.grant(…, \'dynamodb:PutItem\'); chat.route(\'$connect\', new WebSocketLambdaIntegration(\'ConnectIntegration\', …)).',
    ],
    seedSection: 'API Creation w/ API Gateway and Implement $connect w/Lambda',
  },
  {
    number: 2, id: '02-send-message', name: 'send-message', minutes: 25,
    title: 'Say it to everyone',
    files: ['02-send-message/sendMessageToConnectedClient.ts', '02-send-message/send-message.ts'],
    hints: [
      'Four small questions: what was said, who is there, how do I reach one of them, and what if that one has left? Answer them one TODO at a time, and save after each.',
      'paginateScan gives one page after the other to `for await`. A post needs a client whose endpoint has scheme, domain and stage, all from event.requestContext. Promise.allSettled waits for every post; `instanceof GoneException` tells who has left. In send-message.ts the API itself has a method that grants posting.',
      'endpoint: `https://${domainName}/${stage}`. await Promise.allSettled(clients.map((id) => post(api, id, text))), then log each result whose status is \'rejected\'. In post: try { await api.send(new PostToConnectionCommand({ ConnectionId, Data })) } catch (error) { throw it unless it is a GoneException or its name is BadRequestException; then send a DeleteItemCommand with Key: { connectionId: { S: … } } }. Grants: addEnvironment, table.grant(…, \'dynamodb:Scan\', \'dynamodb:DeleteItem\'), api.grantManageConnections(…).',
    ],
    seedSection: 'Implement `sendMessage` with ‘SendMessageToConnectedClient’ Lambda',
  },
  {
    number: 3, id: '03-routing', name: 'routing', minutes: 15,
    title: 'Which message goes where',
    files: ['03-routing/routing.ts'],
    hints: [
      'The API reads one member of each message, `action`, and looks for the route of that name. There are no routes but $connect yet.',
      'chat.route takes a route key and an integration, as in step 1. Each route gets an integration object of its own with an id of its own; a mock is new WebSocketMockIntegration(id, { requestTemplates }).',
      'chat.route(\'sendMessage\', new WebSocketLambdaIntegration(\'SendMessageIntegration\', sendMessageToConnectedClient)); for $disconnect and $default: new WebSocketMockIntegration(\'DisconnectMock\', { requestTemplates: { $default: \'{"statusCode": 200}\' } }), and the same with another id. The id "Default" is one that CDK keeps for itself.',
    ],
    seedSection: 'Building the Send Route',
  },
  {
    number: 4, id: '04-deploy', name: 'deploy', minutes: 15,
    title: 'Put it on a stage',
    files: ['04-deploy/deploy.ts'],
    hints: [
      'Routes are a plan. Clients meet a stage, and a stage shows what was last deployed to it.',
      'new WebSocketStage takes the API, a name and autoDeploy; read what autoDeploy is by default. The stage knows its two URLs: url and callbackUrl. new CfnOutput(chat, id, { value }) prints one.',
      'chat.stage = new WebSocketStage(chat, \'Beta\', { webSocketApi: chat.api, stageName: \'beta\', autoDeploy: true }); new CfnOutput(chat, \'WebSocketURL\', { value: stage.url }) and one called ConnectionURL with `${stage.callbackUrl}/@connections`.',
    ],
    seedSection: 'Deploy your API.',
  },
  {
    number: 5, id: '05-chat', name: 'chat', minutes: 15,
    title: 'Chat, and say what comes back',
    files: ['05-chat/frames.ts'],
    hints: [
      'Open two terminals with npm run wscat and type each of the six. What you read is the answer. Nothing at all is written as silence.',
      'Ask of each message: is it JSON, does it have a member action, is there a route of exactly that name? If not, who takes it: $default, and without $default nobody. Of the messages that a function takes, only what it posts comes back, never what it returns.',
      'chat sends {"action": "sendMessage", "data": "Ground Control to Major Tom"} and reads the words, with or without $default. What no route takes reads silence, and Forbidden without $default: {"action": "dance"}, {"action": "sendmessage"}, {"message": "sendMessage"}, hello. {"action": "sendMessage"} reads silence both times: a route takes it, and what the function returns goes nowhere.',
    ],
    seedSection: 'Fun time. (Testing)',
  },
  {
    number: 6, id: '06-goodbye', name: 'goodbye', minutes: 20,
    title: 'Say goodbye, and forget who left',
    files: ['06-goodbye/removeDisconnectedClient.ts', '06-goodbye/sayGoodbye.ts', '06-goodbye/goodbye.ts'],
    hints: [
      'There are two moments: while a client is still there, you can post to it; once $disconnect runs, it is gone, and all you can do is forget it. So bye! needs a route of its own.',
      'Forgetting is the opposite of step 1: a DeleteItemCommand with Key in the place of Item. Saying bye! is the post of step 2, to the one who asked. DeleteConnectionCommand ends a connection, and that makes $disconnect run. In goodbye.ts two functions each get what step 1 and 2 gave: a table name, a grant, a route.',
      'await dynamoDB.send(new DeleteItemCommand({ TableName: process.env.TABLE_NAME, Key: { connectionId: { S: … } } })). await api.send(new PostToConnectionCommand({ ConnectionId: connectionId, Data: \'bye!\' })), then await api.send(new DeleteConnectionCommand({ ConnectionId: connectionId })). In goodbye.ts: addEnvironment, table.grant(…, \'dynamodb:DeleteItem\'), chat.route(\'$disconnect\', new WebSocketLambdaIntegration(\'DisconnectIntegration\', …)); api.grantManageConnections(sayGoodbye), chat.route(\'leave\', …).',
    ],
    seedSection: 'Next steps',
  },
  {
    number: 7, id: '07-friendly', name: 'friendly', minutes: 25,
    title: 'Type words, not JSON',
    files: ['07-friendly/friendly.ts', '07-friendly/understandPlainText.ts', '07-friendly/words.ts'],
    hints: [
      'Plain text has no action, so no route takes it, and $default gets what no route takes. Put a function there. Everything else you have done before: posting to all, an attribute in a row, bye!',
      'The route replaces the mock as $disconnect did in step 6; the function scans, updates and posts. A name is kept in the row of its connection, because the next message may run in another environment of the function. A guest\'s name needs to be kept nowhere: createHash(\'sha256\').update(connectionId) makes the same letters of the same id each time.',
      'chat.route(\'$default\', new WebSocketLambdaIntegration(\'DefaultIntegration\', understandPlainText)); addEnvironment; table.grant(…, \'dynamodb:Scan\', \'dynamodb:UpdateItem\'); api.grantManageConnections(…). say: Promise.allSettled over people with post(api, connectionId, `${name}: ${words}`). nameOf: nickname ?? `guest-${createHash(\'sha256\').update(connectionId).digest(\'hex\').slice(0, 4)}`. keepName: UpdateItemCommand with TableName, Key, UpdateExpression: \'SET nickname = :name\', ExpressionAttributeValues: { \':name\': { S: name } }. /who: answer(people.map((one) => one.name).slice(0, 100).join(\', \')). /bye: answer(\'bye!\'), then api.send(new DeleteConnectionCommand(…)).',
    ],
    seedSection: 'Next steps',
  },
]

/** The step with this number. Throws RangeError where there is none. */
export function stepByNumber(number: number): Step {
  const step = steps.find((candidate) => candidate.number === number)
  if (!step) throw new RangeError(`There is no step ${number}: steps are numbered 1 to ${steps.length}.`)
  return step
}

/** The step that a file of steps/ or solutions/ belongs to; `file` is a path from that root. Undefined for given files. */
export const stepOfFile = (file: string) => steps.find(({ id }) => file.replaceAll('\\', '/').startsWith(`${id}/`))

/** The TODOs of a file: their numbers, lines (from 1) and words. */
export function todosIn(text: string): { id: string, line: number, words: string }[] {
  const lines = text.split('\n')
  return lines.flatMap((content, index) => {
    const found = /\/\/ TODO (\d+\.\d+) (.*)$/.exec(content)
    return found ? [{ id: found[1]!, line: index + 1, words: found[2]! }] : []
  })
}
