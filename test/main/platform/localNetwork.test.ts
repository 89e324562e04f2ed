import { expect, test } from 'vitest'
import { localNetwork, ownAddresses } from '../../../main/platform/localNetwork.ts'

const of = (address: string, cidr: string, internal = false) => ({
  address,
  cidr,
  internal,
  netmask: '',
  mac: '',
  family: 'IPv4' as const,
})
const university = {
  lo: [of('127.0.0.1', '127.0.0.1/8', true)],
  eth0: [of('93.180.10.7', '93.180.10.7/24')],
  unset: [of('169.254.3.4', '169.254.3.4/16')],
}

test.each([
  '127.0.0.1',
  '10.1.2.3',
  '172.31.0.1',
  '192.168.1.20',
  '169.254.9.9',
  '::1',
  'fe80::1%eth0',
  'fd00::12',
  '::ffff:192.168.1.20',
  '93.180.10.200',
])('%s is of the local network', (address) => {
  expect(localNetwork(university).has(address)).toBe(true)
})

test.each(['8.8.8.8', '172.32.0.1', '93.180.11.1', '2001:db8::1', '::ffff:8.8.8.8'])('%s is not', (address) => {
  expect(localNetwork(university).has(address)).toBe(false)
})

test('others reach a computer by its addresses that are not its own loop', () => {
  expect(ownAddresses(university)).toEqual(['93.180.10.7'])
  expect(ownAddresses({ lo: university.lo })).toEqual(['127.0.0.1'])
})
