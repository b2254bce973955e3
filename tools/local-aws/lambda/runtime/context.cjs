'use strict'
// The `context` argument of a handler (D4).

/** @param header of the frame that carries the event: requestId, functionArn, deadline (milliseconds since the epoch), clientContext */
const createContext = ({ requestId, functionArn, deadline, clientContext }) => ({
  functionVersion: process.env.AWS_LAMBDA_FUNCTION_VERSION,
  functionName: process.env.AWS_LAMBDA_FUNCTION_NAME,
  memoryLimitInMB: process.env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
  logGroupName: process.env.AWS_LAMBDA_LOG_GROUP_NAME,
  logStreamName: process.env.AWS_LAMBDA_LOG_STREAM_NAME,
  clientContext,
  identity: undefined,
  invokedFunctionArn: functionArn,
  awsRequestId: requestId,
  getRemainingTimeInMillis: () => deadline - Date.now(),
})

module.exports = { createContext }
