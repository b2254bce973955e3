import type { Aws } from '../verify/aws.ts'

/** Everything of a chat's kind that an account holds in its region: what a participant would still have, and maybe pay for. Not what `cdk bootstrap` made. */
export async function leftovers({ cloudformation, dynamodb, lambda, apigatewayv2, iam, logs }: Aws): Promise<string[]> {
  const [stacks, tables, functions, apis, roles, groups] = await Promise.all([
    cloudformation.describeStacks({}), dynamodb.listTables({}), lambda.listFunctions({}), apigatewayv2.getApis({}), iam.listRoles({}), logs.describeLogGroups({}),
  ])
  const named = (kind: string, names: (string | undefined)[] = []) => names.map((name) => `${kind} ${name}`)
  return [
    ...named('stack', stacks.Stacks?.filter(({ StackName }) => StackName !== 'CDKToolkit').map(({ StackName }) => StackName)),
    ...named('table', tables.TableNames),
    ...named('function', functions.Functions?.map(({ FunctionName }) => FunctionName)),
    ...named('API', apis.Items?.map(({ Name, ApiId }) => `${Name} (${ApiId})`)),
    ...named('role', roles.Roles?.filter(({ RoleName, Path }) => !RoleName!.startsWith('cdk-') && !Path!.startsWith('/aws-service-role/')).map(({ RoleName }) => RoleName)),
    ...named('log group', groups.logGroups?.map(({ logGroupName }) => logGroupName)),
  ]
}
