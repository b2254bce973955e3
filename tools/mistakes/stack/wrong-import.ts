import { deployMistake, edit } from '../mistake.ts'

export default deployMistake({
  symptom: 'The requested module \'aws-cdk-lib/aws-apigatewayv2\' does not provide an export named \'WebSocketLambdaIntegration\'',
  says: [/does not provide an export named '\w+'/, /Named export '\w+' not found/, /No matching export in "[^"]+" for import "\w+"/, /Module '?"?aws-cdk-lib[^'"]*'?"?'? has no exported member/],
  cause: 'The name is imported from a module that does not have it.',
  fix: 'Integrations are in aws-cdk-lib/aws-apigatewayv2-integrations, API and stage in aws-cdk-lib/aws-apigatewayv2.',
  docs: 'troubleshooting/deploy',
  break: edit('01-connect/connect.ts', `'aws-cdk-lib/aws-apigatewayv2-integrations'`, `'aws-cdk-lib/aws-apigatewayv2'`),
})
