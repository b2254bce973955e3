"""Builds the chat with boto3, in another order than the seed: API and stage first, code from S3, the table last.

    python3 boto3_chat.py ENDPOINT REGION CONNECT_ZIP SEND_ZIP

The keys come from the environment. Prints one line of JSON per check, in order: {"check": name, "failure": text or null}.
"""
import asyncio
import io
import json
import sys
import zipfile

import boto3
import websockets

from checks import check, equal, eventually, refused, run_checks

ENDPOINT, REGION, CONNECT_ZIP, SEND_ZIP = sys.argv[1:]
MANAGED = 'arn:aws:iam::aws:policy'
BUCKET, TABLE, ROLE = 'chat-code', 'WebsocketConnection', 'chat'
CONNECT, SEND = 'putConnectedClientToDDB', 'sendMessageToConnectedClient'


def client(service, path='', **keys):
    return boto3.client(service, endpoint_url=ENDPOINT + path, region_name=REGION, **keys)


def keys_of(credentials):
    return {
        'aws_access_key_id': credentials['AccessKeyId'],
        'aws_secret_access_key': credentials['SecretAccessKey'],
        'aws_session_token': credentials.get('SessionToken'),
    }


gateway, functions, iam, dynamodb, logs, s3, sts, stacks = map(
    client, ('apigatewayv2', 'lambda', 'iam', 'dynamodb', 'logs', 's3', 'sts', 'cloudformation'))
table = boto3.resource('dynamodb', endpoint_url=ENDPOINT, region_name=REGION).Table(TABLE)
account = sts.get_caller_identity()['Account']
made = {}  # ids that later checks need


def route(key, integration):
    gateway.create_route(ApiId=made['api'], RouteKey=key, Target=f'integrations/{integration["IntegrationId"]}')


def mock():
    return gateway.create_integration(ApiId=made['api'], IntegrationType='MOCK', RequestTemplates={'$default': '{"statusCode": 200}'})


def to_function(name):
    arn = f'arn:aws:lambda:{REGION}:{account}:function:{name}'
    uri = f'arn:aws:apigateway:{REGION}:lambda:path/2015-03-31/functions/{arn}/invocations'
    return gateway.create_integration(ApiId=made['api'], IntegrationType='AWS_PROXY', IntegrationMethod='POST', IntegrationUri=uri)


def function(name):
    return {
        'FunctionName': name, 'Role': made['role'], 'Runtime': 'nodejs22.x', 'Handler': 'index.handler', 'Timeout': 5,
        'Environment': {'Variables': {'TABLE_NAME': TABLE}}, 'Code': {'S3Bucket': BUCKET, 'S3Key': f'functions/{name}.zip'},
    }


def chat():
    """A connection to the stage."""
    return websockets.connect(f'{ENDPOINT.replace("http", "ws")}/{made["api"]}/beta')


def management(stage='beta', **keys):
    return client('apigatewaymanagementapi', f'/{made["api"]}/{stage}', **keys)


def heard(socket):
    return asyncio.wait_for(socket.recv(), 10)


def only_row():
    """The connection id of the only person who is there. The mock of $disconnect leaves rows behind, so forget_all() comes first."""
    [row] = table.scan()['Items']
    return row['connectionId']


def forget_all():
    for row in table.scan()['Items']:
        table.delete_item(Key=row)


def deployment_of_stage():
    """What the stage says of its last deployment, with `ID` for the deployment's id."""
    stage = gateway.get_stage(ApiId=made['api'], StageName='beta')
    return stage.get('LastDeploymentStatusMessage', '').replace(stage.get('DeploymentId', '\0'), 'ID')


@check
async def an_api_with_an_automatic_stage_may_come_before_its_routes():
    made['api'] = gateway.create_api(Name='My Chat API', ProtocolType='WEBSOCKET', RouteSelectionExpression='$request.body.action',
                                     Tags={'event': 'lunch'})['ApiId']
    gateway.create_stage(ApiId=made['api'], StageName='beta', AutoDeploy=True)

    await eventually(deployment_of_stage, 'Deployment attempt failed: At least one route is required before deploying the Api.')
    equal(gateway.get_api(ApiId=made['api'])['Tags'], {'event': 'lunch'})


@check
async def routes_may_come_before_their_functions():
    route('$default', mock())
    route('$disconnect', mock())
    route('sendMessage', to_function(SEND))
    route('$connect', to_function(CONNECT))

    routes = gateway.get_routes(ApiId=made['api'])['Items']
    equal({item['RouteKey'] for item in routes}, {'$connect', '$disconnect', '$default', 'sendMessage'})
    await eventually(deployment_of_stage, "Successfully deployed stage with deployment ID 'ID'")


@check
async def a_handshake_whose_function_is_missing_is_refused_with_500():
    try:
        async with chat():
            raise AssertionError('it was let in')
    except websockets.InvalidStatusCode as refusal:
        equal(refusal.status_code, 500)


@check
async def mistakes_with_the_api_have_their_own_classes():
    errors = gateway.exceptions
    refused(gateway.create_route, errors.ConflictException, message='Route with key $connect already exists for this API', status=409,
            ApiId=made['api'], RouteKey='$connect')
    refused(gateway.create_stage, errors.ConflictException, message='Stage already exists', ApiId=made['api'], StageName='beta')
    refused(gateway.get_api, errors.NotFoundException, message=f'Invalid API identifier specified {account}:a1b2c3d4e5', status=404,
            ApiId='a1b2c3d4e5')
    refused(gateway.create_route, errors.BadRequestException, status=400,
            message='Currently, authorization is restricted to the $connect route only',
            ApiId=made['api'], RouteKey='shout', AuthorizationType='AWS_IAM')


@check
async def code_waits_in_a_bucket():
    s3.create_bucket(Bucket=BUCKET)
    for name, file in ((CONNECT, CONNECT_ZIP), (SEND, SEND_ZIP)):
        s3.upload_file(file, BUCKET, f'functions/{name}.zip')

    pages = s3.get_paginator('list_objects_v2').paginate(Bucket=BUCKET, Prefix='functions/', PaginationConfig={'PageSize': 1})
    equal([item['Key'] for page in pages for item in page['Contents']], [f'functions/{CONNECT}.zip', f'functions/{SEND}.zip'])
    with open(SEND_ZIP, 'rb') as zipped:
        equal(s3.get_object(Bucket=BUCKET, Key=f'functions/{SEND}.zip')['Body'].read(), zipped.read())
    refused(s3.get_object, s3.exceptions.NoSuchKey, code='NoSuchKey', status=404, Bucket=BUCKET, Key='functions/none.zip')
    refused(s3.head_object, code='404', status=404, Bucket=BUCKET, Key='functions/none.zip')


@check
async def a_role_that_lambda_may_not_assume_is_refused():
    who = {'AWS': account}
    trust = {'Version': '2012-10-17', 'Statement': [{'Effect': 'Allow', 'Principal': who, 'Action': 'sts:AssumeRole'}]}
    made['role'] = iam.create_role(RoleName=ROLE, AssumeRolePolicyDocument=json.dumps(trust))['Role']['Arn']
    for policy in ('AmazonDynamoDBFullAccess', 'AmazonAPIGatewayInvokeFullAccess', 'service-role/AWSLambdaBasicExecutionRole'):
        iam.attach_role_policy(RoleName=ROLE, PolicyArn=f'{MANAGED}/{policy}')

    refused(functions.create_function, functions.exceptions.InvalidParameterValueException, status=400,
            message='The role defined for the function cannot be assumed by Lambda.', **function(CONNECT))
    who['Service'] = 'lambda.amazonaws.com'
    iam.update_assume_role_policy(RoleName=ROLE, PolicyDocument=json.dumps(trust))
    equal(iam.get_role(RoleName=ROLE)['Role']['AssumeRolePolicyDocument'], trust)


@check
async def functions_come_from_the_bucket():
    for name, key in ((CONNECT, '$connect'), (SEND, 'sendMessage')):
        functions.create_function(**function(name))
        functions.get_waiter('function_active_v2').wait(FunctionName=name)
        functions.add_permission(FunctionName=name, StatementId='chat', Action='lambda:InvokeFunction',
                                 Principal='apigateway.amazonaws.com',
                                 SourceArn=f'arn:aws:execute-api:{REGION}:{account}:{made["api"]}/*/{key}')

    configuration = functions.get_function(FunctionName=CONNECT)['Configuration']
    equal((configuration['State'], configuration['Runtime']), ('Active', 'nodejs22.x'))
    equal(configuration['Environment'], {'Variables': {'TABLE_NAME': TABLE}})


@check
async def mistakes_with_functions_have_their_own_classes():
    errors = functions.exceptions
    refused(functions.invoke, errors.ResourceNotFoundException, status=404,
            message=f'Function not found: arn:aws:lambda:{REGION}:{account}:function:nobody:$LATEST', FunctionName='nobody')
    refused(functions.create_function, errors.ResourceConflictException, status=409,
            message=f'Function already exist: {CONNECT}', **function(CONNECT))
    refused(functions.add_permission, errors.ResourceConflictException, status=409,
            FunctionName=CONNECT, StatementId='chat', Action='lambda:InvokeFunction', Principal='apigateway.amazonaws.com')


@check
async def mistakes_with_roles_have_their_own_classes():
    errors = iam.exceptions
    trust = json.dumps(iam.get_role(RoleName=ROLE)['Role']['AssumeRolePolicyDocument'])
    refused(iam.create_role, errors.EntityAlreadyExistsException, code='EntityAlreadyExists', status=409,
            message=f'Role with name {ROLE} already exists.', RoleName=ROLE, AssumeRolePolicyDocument=trust)
    refused(iam.put_role_policy, errors.MalformedPolicyDocumentException, code='MalformedPolicyDocument', status=400,
            RoleName=ROLE, PolicyName='broken', PolicyDocument='{"Version"')
    refused(iam.get_role, errors.NoSuchEntityException, code='NoSuchEntity', status=404,
            message='The role with name nobody cannot be found.', RoleName='nobody')


@check
async def a_function_that_fails_says_so():
    answer = functions.invoke(FunctionName=CONNECT, Payload=b'{"requestContext": {"connectionId": "early"}}', LogType='Tail')

    failure = json.loads(answer['Payload'].read())
    equal((answer['StatusCode'], answer['FunctionError']), (200, 'Unhandled'))
    equal(failure['errorType'], 'ResourceNotFoundException')  # there is no table yet


@check
async def the_table_comes_last():
    wanted = {
        'TableName': TABLE, 'BillingMode': 'PAY_PER_REQUEST',
        'AttributeDefinitions': [{'AttributeName': 'connectionId', 'AttributeType': 'S'}],
        'KeySchema': [{'AttributeName': 'connectionId', 'KeyType': 'HASH'}],
    }
    dynamodb.create_table(**wanted)
    dynamodb.get_waiter('table_exists').wait(TableName=TABLE, WaiterConfig={'Delay': 1})

    table.put_item(Item={'connectionId': 'testConnectionId', 'seen': 1})
    equal(table.get_item(Key={'connectionId': 'testConnectionId'})['Item'], {'connectionId': 'testConnectionId', 'seen': 1})
    errors = dynamodb.exceptions
    refused(table.put_item, errors.ConditionalCheckFailedException, message='The conditional request failed', status=400,
            Item={'connectionId': 'testConnectionId'}, ConditionExpression='attribute_not_exists(connectionId)')
    refused(table.put_item, code='ValidationException', status=400, Item={'id': 'x'})
    refused(dynamodb.create_table, errors.ResourceInUseException, status=400, **wanted)
    refused(dynamodb.scan, errors.ResourceNotFoundException, status=400, TableName='Nothing')
    table.delete_item(Key={'connectionId': 'testConnectionId'})


@check
async def two_people_chat():
    async with chat() as ada, chat() as grace:
        equal(table.scan()['Count'], 2)
        await ada.send(json.dumps({'action': 'sendMessage', 'data': 'Ground Control to Major Tom'}))

        equal(await asyncio.gather(heard(ada), heard(grace)), ['Ground Control to Major Tom'] * 2)


@check
async def connections_are_read_posted_to_and_ended():
    forget_all()
    async with chat() as ada:
        made['connection'] = only_row()
        api = management()

        connection = api.get_connection(ConnectionId=made['connection'])
        equal((connection['Identity']['SourceIp'], connection['ConnectedAt'].tzinfo is not None), ('127.0.0.1', True))
        api.post_to_connection(ConnectionId=made['connection'], Data='grüß dich'.encode())
        equal(await heard(ada), 'grüß dich')
        refused(api.post_to_connection, status=413, ConnectionId=made['connection'], Data=b'x' * 131_073)
        refused(management('gamma').get_connection, api.exceptions.ForbiddenException, message='Forbidden', status=403,
                ConnectionId=made['connection'])
        api.delete_connection(ConnectionId=made['connection'])
        await asyncio.wait_for(ada.wait_closed(), 10)
        equal((ada.close_code, ada.close_reason), (1000, 'Connection Closed Normally'))

    for call in (api.get_connection, api.delete_connection):
        refused(call, api.exceptions.GoneException, status=410, ConnectionId=made['connection'])
    refused(api.post_to_connection, api.exceptions.GoneException, status=410, ConnectionId=made['connection'], Data=b'anybody?')
    refused(api.get_connection, code='BadRequestException', message='Invalid connectionId: testConnectionId', status=400,
            ConnectionId='testConnectionId')


@check
async def who_has_no_permission_may_not_post():
    iam.create_user(UserName='visitor')
    visitor = keys_of(iam.create_access_key(UserName='visitor')['AccessKey'])
    forget_all()
    async with chat():
        connection = only_row()
        resource = f'arn:aws:execute-api:{REGION}:********{account[-4:]}:{made["api"]}/beta/POST/@connections/{{connectionId}}'
        refused(management(**visitor).post_to_connection, code='AccessDeniedException', status=403, ConnectionId=connection, Data=b'hello',
                message=f'User: arn:aws:iam::{account}:user/visitor is not authorized to perform: execute-api:ManageConnections '
                        f'on resource: {resource} because no identity-based policy allows the execute-api:ManageConnections action')
        role = keys_of(sts.assume_role(RoleArn=made['role'], RoleSessionName='lunch')['Credentials'])
        equal(client('sts', **role).get_caller_identity()['Arn'], f'arn:aws:sts::{account}:assumed-role/{ROLE}/lunch')
        management(**role).post_to_connection(ConnectionId=connection, Data=b'hello')
    for key in iam.list_access_keys(UserName='visitor')['AccessKeyMetadata']:
        iam.delete_access_key(UserName='visitor', AccessKeyId=key['AccessKeyId'])
    iam.delete_user(UserName='visitor')


@check
async def wrong_keys_are_refused_as_each_service_does():
    unknown = {'aws_access_key_id': 'AKIAIOSFODNN7EXAMPLE', 'aws_secret_access_key': 'nothing'}
    wrong = {'aws_access_key_id': boto3.Session().get_credentials().access_key, 'aws_secret_access_key': 'nothing'}
    refused(client('lambda', **unknown).list_functions, code='UnrecognizedClientException', status=403)
    refused(client('sts', **unknown).get_caller_identity, code='InvalidClientTokenId', status=403)
    refused(client('dynamodb', **unknown).list_tables, code='UnrecognizedClientException', status=400)
    refused(client('s3', **unknown).list_buckets, code='InvalidAccessKeyId', status=403)
    refused(client('lambda', **wrong).list_functions, code='InvalidSignatureException', status=403)
    refused(client('iam', **wrong).list_roles, code='SignatureDoesNotMatch', status=403)
    refused(client('dynamodb', **wrong).list_tables, code='InvalidSignatureException', status=400)
    refused(client('s3', **wrong).list_buckets, code='SignatureDoesNotMatch', status=403)


@check
async def new_code_takes_over_at_once():
    code = io.BytesIO()
    with zipfile.ZipFile(code, 'w', zipfile.ZIP_DEFLATED) as zipped:
        zipped.writestr('index.mjs', 'export const handler = async () => { console.log("from Python"); return { statusCode: 418 } }')
    functions.update_function_code(FunctionName=CONNECT, ZipFile=code.getvalue())
    functions.get_waiter('function_updated_v2').wait(FunctionName=CONNECT)

    equal(json.loads(functions.invoke(FunctionName=CONNECT)['Payload'].read()), {'statusCode': 418})
    lines = logs.get_paginator('filter_log_events').paginate(logGroupName=f'/aws/lambda/{CONNECT}', filterPattern='"from Python"')
    await eventually(lambda: sum(len(page['events']) for page in lines), 1)


@check
async def a_function_may_refuse_a_handshake_with_its_own_status():
    try:
        async with chat():
            raise AssertionError('it was let in')
    except websockets.InvalidStatusCode as refusal:
        equal(refusal.status_code, 418)


@check
async def a_stack_is_made_and_removed():
    quickly = {'Delay': 1}
    template = json.dumps({
        'Resources': {'Log': {'Type': 'AWS::Logs::LogGroup', 'Properties': {'RetentionInDays': 7}}},
        'Outputs': {'Name': {'Value': {'Ref': 'Log'}}},
    })
    stacks.create_stack(StackName='extra', TemplateBody=template)
    stacks.get_waiter('stack_create_complete').wait(StackName='extra', WaiterConfig=quickly)

    [stack] = stacks.describe_stacks(StackName='extra')['Stacks']
    groups = logs.describe_log_groups(logGroupNamePrefix=stack['Outputs'][0]['OutputValue'])['logGroups']
    equal([group['retentionInDays'] for group in groups], [7])
    refused(stacks.create_stack, stacks.exceptions.AlreadyExistsException, message='Stack [extra] already exists', status=400,
            StackName='extra', TemplateBody=template)
    refused(stacks.update_stack, code='ValidationError', message='No updates are to be performed.', StackName='extra', TemplateBody=template)
    stacks.delete_stack(StackName='extra')
    stacks.get_waiter('stack_delete_complete').wait(StackName='extra', WaiterConfig=quickly)
    refused(stacks.describe_stacks, code='ValidationError', message='Stack with id extra does not exist', StackName='extra')


@check
async def everything_goes_again():
    refused(iam.delete_role, iam.exceptions.DeleteConflictException, code='DeleteConflict', status=409, RoleName=ROLE)
    refused(s3.delete_bucket, code='BucketNotEmpty', status=409, Bucket=BUCKET)
    table.delete()
    table.wait_until_not_exists()
    for name in (CONNECT, SEND):
        functions.delete_function(FunctionName=name)
        logs.delete_log_group(logGroupName=f'/aws/lambda/{name}')
        s3.delete_object(Bucket=BUCKET, Key=f'functions/{name}.zip')
    s3.delete_bucket(Bucket=BUCKET)
    for policy in iam.list_attached_role_policies(RoleName=ROLE)['AttachedPolicies']:
        iam.detach_role_policy(RoleName=ROLE, PolicyArn=policy['PolicyArn'])
    iam.delete_role(RoleName=ROLE)
    gateway.delete_api(ApiId=made['api'])

    equal(gateway.get_apis()['Items'] + functions.list_functions()['Functions'], [])
    equal(dynamodb.list_tables()['TableNames'] + logs.describe_log_groups()['logGroups'], [])


asyncio.run(run_checks())
