import { mistake, spoil } from '../mistake.ts'

export default mistake({
  symptom: 'Plain text is answered by Internal server error, and the function is never called.',
  says: [],
  cause: 'API Gateway may not invoke understandPlainText: the policy of the function does not allow it for $default.',
  fix: 'Allow apigateway.amazonaws.com to invoke it (CDK: one integration object per route; console: save the integration again).',
  at: 'steps/07-friendly/friendly.ts',
  line: /\$default/,
  docs: 'troubleshooting/friendly',
  matches: ({ step, check, chat }) => step === 7 && check === 'default-route' && chat.routes!.some(({ key, mayInvoke }) => key === '$default' && mayInvoke === false),
  break: spoil(async ({ lambda, chat }) => {
    const { name } = chat.functions.understandPlainText!
    const { Policy } = await lambda.getPolicy({ FunctionName: name })
    for (const { Sid } of JSON.parse(Policy!).Statement) await lambda.removePermission({ FunctionName: name, StatementId: Sid })
  }),
})
