import { readdir, readFile } from 'node:fs/promises'
import { createServer } from 'node:https'
import path from 'node:path'
import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest'
import { readMirrorFile } from '../../../../main/datasets/mirror/mirrorFiles.ts'
import { downloadFile } from '../../../../main/datasets/sources/downloadFile.ts'
import { ProxyServer, type Conduct } from '../../platform/proxyServer.ts'
import { md5, withFolder } from '../tinySets.ts'
import { foreignCertificate } from './foreignCertificate.ts'
import { answers, breaksOff, inTurn, isMissing, Publisher, serves, servesRanges, showsAPage } from './publisher.ts'

const body = Buffer.from('images and labels, '.repeat(5000))

let publisher: Publisher
let proxy: ProxyServer
beforeEach(async () => {
  publisher = new Publisher()
  proxy = new ProxyServer()
  await publisher.open()
  await proxy.open()
  for (const name of ['no_proxy', 'NO_PROXY', 'NODE_USE_ENV_PROXY']) vi.stubEnv(name, '')
  for (const name of ['http_proxy', 'https_proxy']) vi.stubEnv(name, `http://student:secret@${proxy.host}`)
})
afterEach(async () => {
  vi.unstubAllEnvs()
  await publisher.close()
  await proxy.close()
})

/** The same file at a host that only the proxy finds. */
function far(address: string): string {
  return address.replace('127.0.0.1', 'files.example.org')
}

async function get(url: string, answerMs = 20_000): Promise<Buffer> {
  return withFolder(async (folder) => {
    const file = path.join(folder, 'set.zip')
    const retries = { tries: 2, unreachedTries: 2, firstPauseMs: 1, longestPauseMs: 1 }
    const transfer = { signal: new AbortController().signal, answerMs, silenceMs: 20_000, retries }
    await downloadFile({ url, file, md5: md5(body) }, transfer, () => undefined)
    expect(await readdir(folder)).toEqual(['set.zip'])
    return readFile(file)
  })
}

/** A publisher's server with TLS, whose certificate is known while the test runs. */
async function securePublisher(): Promise<number> {
  const known = getCACertificates()
  setDefaultCACertificates([...known, foreignCertificate.cert])
  const server = createServer(foreignCertificate, (_request, response) => void response.end(body))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    setDefaultCACertificates(known)
    server.closeAllConnections()
    server.close()
  })
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('it does not listen')
  return address.port
}

describe('a download goes through the proxy that the environment names', () => {
  test('from an http address, in pieces too', async () => {
    const url = far(publisher.at('/set.zip', inTurn(breaksOff(body), servesRanges(body))))
    expect((await get(url)).equals(body)).toBe(true)
    expect(proxy.asked).toEqual([`GET ${url}`, `GET ${url}`])
    expect(proxy.shown[0]).toBe(`Basic ${Buffer.from('student:secret').toString('base64')}`)
  })

  test('from an https address, whose connection nobody reads', async () => {
    const port = await securePublisher()
    expect((await get(`https://files.example.org:${port}/set.zip`)).equals(body)).toBe(true)
    expect(proxy.asked).toEqual([`CONNECT files.example.org:${port}`])
    expect(proxy.shown[0]).toBe(`Basic ${Buffer.from('student:secret').toString('base64')}`)
  })

  test('and a file of a mirror that is far away', async () => {
    const place = far(publisher.at('/', isMissing))
    publisher.at('/offer.json', serves(Buffer.from('{}')))
    const limits = { signal: new AbortController().signal, longest: 1000, answerMs: 20_000 }
    expect((await readMirrorFile(place, 'offer.json', limits)).toString()).toBe('{}')
    publisher.at('/offer.json', showsAPage)
    await expect(readMirrorFile(place, 'offer.json', limits)).rejects.toThrow(`through the proxy ${proxy.host}`)
    expect(proxy.asked).toHaveLength(2)
  })
})

test.each(['', '1'])('no proxy stands between two programs of this computer (NODE_USE_ENV_PROXY=%s)', async (told) => {
  vi.stubEnv('NODE_USE_ENV_PROXY', told)
  expect((await get(publisher.at('/set.zip', serves(body)))).equals(body)).toBe(true)
  expect(proxy.asked).toEqual([])
})

describe('where it fails, the sentence names the proxy without its password', () => {
  const refused = async (url: string, why: string, answerMs?: number): Promise<void> => {
    const failed = get(url, answerMs)
    await expect(failed).rejects.toThrow(
      `${why}; it went through the proxy ${proxy.host}, which ${new URL(url).protocol.slice(0, -1)}_proxy names`,
    )
    await expect(failed).rejects.not.toThrow('secret')
  }

  const conducts: [what: string, conduct: Conduct, why: string][] = [
    ['forbids the server', { answers: 403 }, 'the proxy did not connect to the server (answer 403)'],
    ['cannot find the server', { answers: 502 }, 'the proxy did not connect to the server (answer 502)'],
    ['wants a password', { answers: 407 }, 'as http://NAME:PASSWORD@HOST:PORT'],
  ]
  test.each(conducts)('the proxy %s', async (_what, conduct, why) => {
    proxy.conduct = conduct
    await refused('https://files.example.org/set.zip', why)
    // Of those who may answer otherwise later it is asked twice.
    expect(proxy.asked).toHaveLength(why.endsWith('502)') ? 2 : 1)
  })
  test('the proxy wants a password before it asks for an http address', async () => {
    proxy.conduct = { answers: 407 }
    await refused('http://files.example.org/set.zip', 'as http://NAME:PASSWORD@HOST:PORT')
  })
  test.each(['http', 'https'])('the proxy falls silent when it is asked for an %s address', async (scheme) => {
    proxy.conduct = 'falls silent'
    await refused(`${scheme}://files.example.org/set.zip`, 'no answer', 100)
    await proxy.isLeft()
  })
  test('nobody is at the address of the proxy', async () => {
    const closed = new Publisher()
    await closed.open()
    const { host } = new URL(closed.at('/', isMissing))
    await closed.close()
    for (const name of ['http_proxy', 'https_proxy']) vi.stubEnv(name, host)
    for (const scheme of ['http', 'https'])
      await expect(get(`${scheme}://files.example.org/set.zip`)).rejects.toThrow(
        `not reached (ECONNREFUSED); it went through the proxy ${host}`,
      )
  })
  test('the server behind it is in trouble', () =>
    refused(far(publisher.at('/set.zip', answers(500))), 'the server answered 500'))
  test('the server behind it breaks off', () =>
    refused(far(publisher.at('/set.zip', breaksOff(body))), 'the connection broke: aborted'))
})

test('a variable without an address of a proxy is named', async () => {
  vi.stubEnv('https_proxy', 'socks5://proxy.example.org:1080')
  await expect(get('https://files.example.org/set.zip')).rejects.toThrow(
    'the variable https_proxy does not hold the address of a proxy, such as http://proxy.example.org:3128',
  )
})
