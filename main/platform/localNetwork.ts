import { BlockList, isIPv6 } from 'node:net'
import { networkInterfaces } from 'node:os'

/** A computer's own networks, as `os.networkInterfaces` lists them. */
type Interfaces = ReturnType<typeof networkInterfaces>

/**
 * The addresses that count as the local network: this computer, private networks (RFC 1918, RFC 4193), link-local
 * addresses, and the networks that this computer itself is in, because universities give their rooms public addresses.
 */
export function localNetwork(interfaces: Interfaces = networkInterfaces()): { has(address: string): boolean } {
  const list = new BlockList()
  list.addSubnet('127.0.0.0', 8)
  list.addSubnet('10.0.0.0', 8)
  list.addSubnet('172.16.0.0', 12)
  list.addSubnet('192.168.0.0', 16)
  list.addSubnet('169.254.0.0', 16)
  list.addAddress('::1', 'ipv6')
  list.addSubnet('fc00::', 7, 'ipv6')
  list.addSubnet('fe80::', 10, 'ipv6')
  for (const { address, cidr, family } of Object.values(interfaces).flatMap((all) => all ?? [])) {
    const prefix = Number(cidr?.split('/')[1] ?? NaN)
    if (Number.isInteger(prefix)) list.addSubnet(address, prefix, family === 'IPv6' ? 'ipv6' : 'ipv4')
  }
  return {
    has(address) {
      // A socket for both address families shows IPv4 addresses as IPv6 addresses (IPv4-mapped).
      const plain = address.replace(/^::ffff:(?=\d+\.)/i, '').replace(/%.*$/, '')
      return list.check(plain, isIPv6(plain) ? 'ipv6' : 'ipv4')
    },
  }
}

/**
 * The addresses under which other computers reach this one: its IPv4 addresses without the loopback, or the loopback if
 * there is no other.
 */
export function ownAddresses(interfaces: Interfaces = networkInterfaces()): string[] {
  const found = Object.values(interfaces)
    .flatMap((all) => all ?? [])
    .filter(({ family, internal, address }) => family === 'IPv4' && !internal && !address.startsWith('169.254.'))
    .map(({ address }) => address)
  return found.length > 0 ? found : ['127.0.0.1']
}
