import { chatTemplate } from './chat-stack.ts'

/** Remembers who came with `?room=`; who came without is let in and forgotten. */
const CONNECT = `
const { DynamoDBClient, PutItemCommand } = require('@aws-sdk/client-dynamodb')
const dynamoDB = new DynamoDBClient()
exports.handler = async ({ queryStringParameters, requestContext }) => {
  const room = queryStringParameters?.room
  if (room) await dynamoDB.send(new PutItemCommand({ TableName: process.env.TABLE_NAME, Item: { connectionId: { S: requestContext.connectionId }, room: { S: room } } }))
  return { statusCode: 200 }
}`

/** Says the text to everyone in the room, the sender too. */
const SEND = `
const { ApiGatewayManagementApiClient, PostToConnectionCommand } = require('@aws-sdk/client-apigatewaymanagementapi')
const { DynamoDBClient, ScanCommand, DeleteItemCommand } = require('@aws-sdk/client-dynamodb')
const dynamoDB = new DynamoDBClient()
const TableName = process.env.TABLE_NAME
let api
exports.handler = async ({ body, requestContext: { domainName, stage } }) => {
  api ??= new ApiGatewayManagementApiClient({ endpoint: 'https://' + domainName + '/' + stage })
  const { room, data } = JSON.parse(body)
  const { Items } = await dynamoDB.send(new ScanCommand({ TableName, FilterExpression: 'room = :room', ExpressionAttributeValues: { ':room': { S: room } } }))
  await Promise.all(Items.map(async ({ connectionId }) => {
    try {
      await api.send(new PostToConnectionCommand({ ConnectionId: connectionId.S, Data: data }))
    } catch (error) {
      if (error.name !== 'GoneException') throw error
      await dynamoDB.send(new DeleteItemCommand({ TableName, Key: { connectionId } }))
    }
  }))
  return { statusCode: 200 }
}`

/** The chat with rooms. */
export const roomTemplate = {
  ...chatTemplate,
  Resources: { ...chatTemplate.Resources, Connect: withCode('Connect', CONNECT), Send: withCode('Send', SEND) },
}

function withCode(logicalId: string, ZipFile: string) {
  const { Properties, ...rest } = chatTemplate.Resources[logicalId] as { Properties: object }
  return { ...rest, Properties: { ...Properties, Code: { ZipFile } } }
}
