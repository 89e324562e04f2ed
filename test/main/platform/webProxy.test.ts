import { describe, expect, test } from 'vitest'
import { phraseText } from '../../../core/words/phrases.ts'
import { byWayOf, proxyFor, UnfitProxy } from '../../../main/platform/webProxy.ts'

const far = new URL('https://files.example.org/set.zip')

function hostOfProxy(address: string, environment: NodeJS.ProcessEnv): string | null {
  return proxyFor(new URL(address), environment)?.url.host ?? null
}

test('the variable for the kind of the address names the proxy, in small letters before capitals', () => {
  const both = { HTTP_PROXY: 'http://one.example.org:3128', HTTPS_PROXY: 'https://two.example.org' }
  expect(hostOfProxy('http://files.example.org/', both)).toBe('one.example.org:3128')
  expect(hostOfProxy('https://files.example.org/', both)).toBe('two.example.org')
  expect(hostOfProxy('https://files.example.org/', { ...both, https_proxy: 'http://three.example.org:8080' })).toBe(
    'three.example.org:8080',
  )
  expect(proxyFor(far, {})).toBeNull()
  expect(proxyFor(far, { HTTPS_PROXY: ' ', HTTP_PROXY: 'http://one.example.org' })).toBeNull()
})

test.each([
  'proxy.example.org:3128',
  ' http://proxy.example.org:3128/ ',
  'HTTP://student:p%40ss@proxy.example.org:3128',
])('the address %s is understood', (value) =>
  expect(proxyFor(far, { HTTPS_PROXY: value })?.url.host).toBe('proxy.example.org:3128'),
)

test.each(['http://', 'socks5://proxy.example.org:1080', '"http://proxy:3128"', 'http://a b', 'http://me:50%@proxy'])(
  '%s is no address of a proxy, and the sentence names the variable alone',
  (value) => {
    let said = ''
    try {
      proxyFor(far, { HTTPS_PROXY: value })
    } catch (thrown) {
      if (thrown instanceof UnfitProxy) said = phraseText(thrown.said, 'en')
    }
    expect(said).toContain('the variable HTTPS_PROXY does not hold the address of a proxy')
    expect(said).not.toContain('50%')
  },
)

test.each([
  'http://localhost:8080/',
  'http://lab.localhost:8080/',
  'http://127.0.0.1:8080/',
  'http://[::1]:8080/',
  'http://192.168.1.5:8080/',
  'http://10.1.2.3:8080/',
  'http://172.20.0.1:8080/',
  'http://169.254.10.20:8080/',
  'http://[fd12:3456::1]:8080/',
  'http://[fe80::1]:8080/',
  'http://[::ffff:192.168.1.5]:8080/',
  'http://teacher:8080/',
  'http://teacher.local:8080/',
])('no proxy leads to %s, not even one whose address is unfit', (near) => {
  expect(proxyFor(new URL(near), { HTTP_PROXY: 'socks5://proxy', http_proxy: 'socks5://proxy' })).toBeNull()
})

describe('NO_PROXY', () => {
  const through = (NO_PROXY: string, address = far.href): boolean =>
    proxyFor(new URL(address), { HTTPS_PROXY: 'http://proxy.example.org', NO_PROXY }) !== null

  test.each([
    '*',
    'files.example.org',
    'example.org',
    '.example.org',
    '*.example.org',
    'other.org, EXAMPLE.ORG',
    'other.org example.org',
    'files.example.org:443',
  ])('%s leaves the host out', (list) => expect(through(list)).toBe(false))
  test.each(['', 'les.example.org', 'example.com', 'files.example.org:8443', 'org.', ',', '192.168.1.5'])(
    '%j does not',
    (list) => expect(through(list)).toBe(true),
  )
  test.each([
    ['8.8.8.8', 'https://8.8.8.8/', false],
    ['8.8', 'https://8.8.8.8/', true],
    ['2001:db8::1', 'https://[2001:db8::1]/', false],
    ['[2001:db8::1]:443', 'https://[2001:db8::1]/', false],
    ['2001:db8::2', 'https://[2001:db8::1]/', true],
  ])('%s and %s', (list, address, expected) => expect(through(list, address)).toBe(expected))
})

test('a sentence names the host of a proxy and not its password', () => {
  const proxy = proxyFor(far, { HTTPS_PROXY: 'http://student:secret@proxy.example.org:3128' })
  if (proxy === null) throw new Error('there is one')
  expect(phraseText(byWayOf(proxy, 'no answer'), 'en')).toBe(
    'no answer; it went through the proxy proxy.example.org:3128, which HTTPS_PROXY names',
  )
})
