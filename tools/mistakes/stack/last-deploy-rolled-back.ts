import { mistake, observed } from '../mistake.ts'

export default mistake({
  symptom: 'UPDATE_ROLLBACK_COMPLETE, and verify sees what was there before.',
  says: [/\bUPDATE_ROLLBACK_COMPLETE\b/],
  examples: ['ChatStack | 2/4 | 10:15:02 | UPDATE_ROLLBACK_COMPLETE | AWS::CloudFormation::Stack | ChatStack'],
  cause: 'The last deploy failed, and CloudFormation put everything back: what runs is the state before it.',
  fix: 'Deploy again and mend what the first failed event names: npm run deploy.',
  docs: 'troubleshooting/deploy',
  before: true,
  matches: ({ chat, sameCode }) => /^(UPDATE_)?ROLLBACK_(COMPLETE|FAILED)$/.test(chat.stack?.status ?? '') && sameCode !== true,
  break: observed({
    step: 2, check: 'function-ready', seen: 'There is no function sendMessageToConnectedClient.',
    chat: { functions: {}, stack: { name: 'ChatStack', status: 'UPDATE_ROLLBACK_COMPLETE', outputs: {}, resources: [] } },
  }),
})
