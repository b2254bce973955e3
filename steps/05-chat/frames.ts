/** One line that a client sends, and what comes back to that client. */
export type Frame = {
  /** as you type it in wscat */
  sends: string
  /** the words that come back; or `silence`; or the message of the gateway's error, as in {"message": "Internal server error", …} */
  reads: string
  /** the same, once `$default` has been taken out of the routes */
  withoutDefault: string
}

/** Six things that people send to the chat of steps 1 to 4. Try them by hand: npm run wscat */
export const frames = {
  // TODO 5.1 What does a client send so that all clients read "Ground Control to Major Tom", and what exactly comes back to it?
  //   https://docs.aws.amazon.com/apigateway/latest/developerguide/websocket-api-develop-routes.html
  chat: { sends: '', reads: '', withoutDefault: '' },

  // TODO 5.2 A message whose `action` is none of the routes. Who takes it while `$default` is there, and who once it is not?
  //   https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-overview.html
  unknownAction: { sends: '', reads: '', withoutDefault: '' },

  // TODO 5.3 Two that are nearly right: one whose `action` is `sendmessage`, and one with a member `message` in place of `action`.
  //   https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-selection-expressions.html
  otherCase: { sends: '', reads: '', withoutDefault: '' },
  messageForAction: { sends: '', reads: '', withoutDefault: '' },

  // TODO 5.4 Plain text, which is not JSON. Where could the API look for an `action` in it?
  //   https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-overview.html
  notJson: { sends: '', reads: '', withoutDefault: '' },

  // TODO 5.5 A message for the route sendMessage without `data`. Your function answers it: with what, and who reads that answer?
  //   https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-route-response.html
  noData: { sends: '', reads: '', withoutDefault: '' },
} satisfies Record<string, Frame>
