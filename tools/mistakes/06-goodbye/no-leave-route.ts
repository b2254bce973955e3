import { edit, mistake } from '../mistake.ts'

export default mistake({
  symptom: '{"action": "leave"} is answered by silence.',
  says: [/The API has no route leave\b.*/],
  examples: ['seen   The API has no route leave, only $disconnect, Leave, sendMessage, $connect, $default.'],
  cause: 'No route leave leads to sayGoodbye, so $default takes the message.',
  fix: 'Route leave to sayGoodbye. Route keys are case-sensitive.',
  todo: '6.5',
  at: 'steps/06-goodbye/goodbye.ts',
  line: /TODO 6\.5|leave/,
  docs: 'troubleshooting/goodbye',
  matches: ({ step, check, chat }) => step === 6 && check === 'leave-route' && !chat.routes!.some(({ key, functionName }) => key === 'leave' && functionName === chat.functions.sayGoodbye?.name),
  break: edit('06-goodbye/goodbye.ts', `chat.route('leave',`, `chat.route('Leave',`),
})
