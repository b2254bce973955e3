import https from 'node:https'
import net from 'node:net'

/**
 * Carries every request to the local AWS, whatever name it is for, as a proxy would: the SDK clients inside the CDK's toolkit take no
 * endpoint of ours, but they take an agent. AWS names stay in the Host header and in the signature, by which the local AWS tells services
 * apart. So nothing has to be written to process.env, and several clouds can be deployed to from one process.
 *
 * @param url where the local AWS listens: `http://127.0.0.1:4566`
 */
export function localAgent(url: string): https.Agent {
  const { hostname: host, port } = new URL(url)
  const agent = new https.Agent({ keepAlive: true })
  // Plain TCP, also for https: URLs: there is no AWS certificate for 127.0.0.1, and nothing leaves the machine.
  agent.createConnection = () => net.connect({ host, port: Number(port) })
  // An exported AWS_ENDPOINT_URL makes the same clients ask for http: URLs, which an agent that names its protocol would refuse.
  return Object.assign(agent, { protocol: undefined })
}
