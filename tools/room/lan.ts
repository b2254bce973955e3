import { networkInterfaces } from 'node:os'
import { BlockList } from 'node:net'

/** An IPv4 address by which other machines may reach this one. */
export type LanAddress = { address: string, network: string }

/** The addresses of this machine on its networks, those of private networks first. */
export function lanAddresses(interfaces = networkInterfaces()): LanAddress[] {
  const all = Object.entries(interfaces).flatMap(([network, addresses = []]) =>
    addresses.filter(({ family, internal }) => family === 'IPv4' && !internal).map(({ address }) => ({ address, network })))
  return all.toSorted((a, b) => rank(a) - rank(b))
}

const privateNetworks = new BlockList()
for (const [network, prefix] of [['10.0.0.0', 8], ['172.16.0.0', 12], ['192.168.0.0', 16], ['127.0.0.0', 8]] as const)
  privateNetworks.addSubnet(network, prefix)

/** Whether only machines of the same network reach `address`, and not the whole internet. */
export const isPrivate = (address: string) => privateNetworks.check(address)

// Containers and virtual machines bring networks that nobody in the room is on.
const rank = ({ address, network }: LanAddress) =>
  (isPrivate(address) ? 0 : 2) + (/^(docker|br-|veth|vmnet|vboxnet|virbr|vEthernet|utun|tun|tap)/i.test(network) ? 1 : 0)
