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
  chat: {
    sends: '{"action": "sendMessage", "data": "Ground Control to Major Tom"}',
    reads: 'Ground Control to Major Tom', // the words alone: the function posts the data, not the message
    withoutDefault: 'Ground Control to Major Tom',
  },

  unknownAction: {
    sends: '{"action": "dance", "data": "tango"}',
    reads: 'silence', // $default takes what no other route takes, and its mock has nothing to say
    withoutDefault: 'Forbidden', // nobody takes it: a question of routes, not of permissions
  },

  otherCase: { sends: '{"action": "sendmessage", "data": "hello"}', reads: 'silence', withoutDefault: 'Forbidden' }, // route keys are case-sensitive
  messageForAction: { sends: '{"message": "sendMessage", "data": "hello"}', reads: 'silence', withoutDefault: 'Forbidden' }, // $request.body.action

  notJson: { sends: 'hello', reads: 'silence', withoutDefault: 'Forbidden' }, // nothing in it can be selected

  noData: {
    sends: '{"action": "sendMessage"}',
    reads: 'silence', // the function answers 400, and nobody reads it: the route is one-way
    withoutDefault: 'silence', // a route takes it, so $default does not matter
  },
} satisfies Record<string, Frame>
