import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { KitError } from '../lib/kit-error.ts'
import { explain } from '../mistakes/index.ts'
import { command } from './explain.ts'

/** What the command says where it knows nothing. */
async function refusal(text: string) {
  try {
    await command.run([text])
  } catch (error) {
    assert.ok(error instanceof KitError, String(error))
    return error.failure
  }
  assert.fail('it knew something')
}

describe('npm run explain', () => {
  it('says what to paste where it knows nothing', async () => {
    const { what, next } = await refusal('the dog ate my keyboard')

    assert.match(what, /knows no mistake .*"the dog ate my keyboard"/)
    assert.match(next!, /Paste the line that names an error/)
  })

  for (const [pasted, instead] of Object.entries({
    'START RequestId: 8f3d Version: $LATEST\nEND RequestId: 8f3d': /ERROR between START and END/,
    '    at Object.<anonymous> (/var/task/index.js:12:3)': /line above it/,
    'CREATE_FAILED | AWS::IAM::Role | Resource creation cancelled': /first event that ends in _FAILED/,
    'connected (press CTRL+C to quit)': /what you sent/,
  }))
    it(`says what to paste in place of ${pasted.split('\n')[0]!.trim()}`, async () => {
      assert.match((await refusal(pasted)).next!, instead)
    })

  it('finds an id that was mistyped', async () => {
    assert.match((await refusal('status-code')).next!, /^Did you mean npm run explain status-code-/)
  })
})

/** What people paste, and what it is: of browsers, shells, npm, tools of AWS, logs of API Gateway. */
const PASTED: [string, string][] = [
  [`WebSocket connection to 'wss://a1.execute-api.us-east-1.amazonaws.com/beta' failed: Error during WebSocket handshake: Unexpected response code: 403`, 'no-stage'],
  [`WebSocket connection to 'ws://localhost:4566/a1/beta' failed: Error in connection establishment: net::ERR_CONNECTION_REFUSED`, 'local-aws-not-running'],
  [`SyntaxError: Failed to construct 'WebSocket': The URL 'a1.execute-api.us-east-1.amazonaws.com/beta' is invalid.`, 'url-without-scheme'],
  ['error: Invalid URL: a1.execute-api.us-east-1.amazonaws.com/beta', 'url-without-scheme'],
  [`error: Hostname/IP does not match certificate's altnames: Host: a1.execute-api.eu-west-1.amazonaws.com`, 'tls-inspected'],
  ['Invoke-WebRequest : The remote server returned an error: (407) Proxy Authentication Required.', 'proxy-needed'],
  ['npm ERR! code EACCES\nnpm ERR! syscall mkdir\nnpm ERR! path /usr/local/lib/node_modules/wscat', 'npm-global-not-writable'],
  ['npm error code ENOSPC', 'disk-full'],
  ['npm error code EINTEGRITY', 'packages-incomplete'],
  ['npm error code ERR_SOCKET_TIMEOUT', 'npm-registry-unreachable'],
  [`Error: Cannot find module '@esbuild/linux-x64'`, 'packages-of-another-system'],
  ['Partial credentials found in env, missing: AWS_SECRET_ACCESS_KEY', 'no-credentials'],
  ['Could not connect to the endpoint URL: "http://localhost:4566/"', 'local-aws-not-running'],
  ['Error: This stack uses assets, so the toolkit stack must be deployed to the environment (Run "cdk bootstrap aws://unknown-account/unknown-region")', 'not-bootstrapped'],
  [`current credentials could not be used to assume 'arn:aws:iam::111122223333:role/cdk-hnb659fds-deploy-role-111122223333-us-east-1', but are for the right account.`, 'rights-missing'],
  [`Runtime.UserCodeSyntaxError: SyntaxError: Unexpected token 'export'`, 'modules-mixed'],
  [`Runtime.UserCodeSyntaxError: SyntaxError: Unexpected token ':'`, 'typescript-in-the-console'],
  ['SyntaxError: Unexpected token h in JSON at position 0', 'plain-text-crashes'],
  [`SyntaxError: Unexpected token ':', ":-)" is not valid JSON`, 'plain-text-crashes'],
  ['Execution failed due to configuration error: Invalid permissions on Lambda function', 'route-not-permitted'],
  ['Execution failed due to configuration error: Malformed Lambda proxy response', 'status-code-missing'],
  ['{"Message":"User: anonymous is not authorized to perform: execute-api:ManageConnections on resource: arn:aws:execute-api:us-east-1"}', 'unsigned-post'],
  ['PayloadTooLargeException: Message too long', 'message-too-long'],
]

describe('a line that people paste', () => {
  for (const [pasted, id] of PASTED)
    it(`is explained: ${pasted.slice(0, 70)}`, () => assert.equal(explain(pasted)[0]?.id, id))
})
