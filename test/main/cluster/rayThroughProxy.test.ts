import { createServer } from 'node:http'
import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest'

import { LabError, sentenceOf } from '../../../core/words/problems.ts'
import { RayClient } from '../../../main/cluster/rayClient.ts'
import { ProxyServer } from '../platform/proxyServer.ts'

let proxy: ProxyServer
beforeEach(async () => {
  proxy = new ProxyServer()
  await proxy.open()
  for (const name of ['no_proxy', 'NO_PROXY']) vi.stubEnv(name, '')
  for (const name of ['http_proxy', 'https_proxy']) vi.stubEnv(name, `http://student:secret@${proxy.host}`)
})
afterEach(async () => {
  vi.unstubAllEnvs()
  await proxy.close()
})

/** Something on this computer that answers as Ray does when it is asked for its version. @returns its port */
async function ray(): Promise<number> {
  const server = createServer((_request, response) => void response.end('{"ray_version":"2.60.0"}'))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('it does not listen')
  return address.port
}

async function sentence(address: string): Promise<string> {
  const thrown: unknown = await new RayClient({ address, tokenFile: null }).version().catch((why: unknown) => why)
  return thrown instanceof LabError ? sentenceOf(thrown.problem, 'en') : String(thrown)
}

test('a cluster that is far away is asked through the proxy, a near one is not', async () => {
  const port = await ray()
  expect(await new RayClient({ address: `http://127.0.0.1:${port}`, tokenFile: null }).version()).toBe('2.60.0')
  expect(proxy.asked).toEqual([])
  expect(await new RayClient({ address: `http://ray.example.org:${port}`, tokenFile: null }).version()).toBe('2.60.0')
  expect(proxy.asked).toEqual([`GET http://ray.example.org:${port}/api/version`])
})

test.each([
  [403, 'http', 'The server answered 403'],
  [403, 'https', 'The proxy did not connect to the server (answer 403)'],
  [407, 'http', 'The proxy wants a name and a password (answer 407)'],
  [407, 'https', 'The proxy wants a name and a password (answer 407)'],
  [503, 'http', 'The server answered 503'],
])('a proxy that answers %d to an %s address is named without its password', async (answers, scheme, why) => {
  proxy.conduct = { answers }
  const said = await sentence(`${scheme}://ray.example.org:8265`)
  expect(said.toLowerCase()).toContain(why.toLowerCase())
  expect(said).toContain(`it went through the proxy ${proxy.host}, which ${scheme}_proxy names`)
  expect(said).not.toContain('secret')
})

test('an upload that is called off does not wait for a proxy that is silent', async () => {
  proxy.conduct = 'falls silent'
  const client = new RayClient({ address: 'https://ray.example.org:8265', tokenFile: null })
  const sent = client.put('package.zip', Buffer.alloc(10), { signal: AbortSignal.timeout(100) })
  await expect(sent).rejects.toThrow(expect.objectContaining({ name: 'TimeoutError' }))
  await proxy.isLeft()
})

test('a variable without an address of a proxy is named', async () => {
  vi.stubEnv('http_proxy', 'socks5://proxy.example.org:1080')
  expect(await sentence('http://ray.example.org:8265')).toContain(
    'does not answer (the variable http_proxy does not hold the address of a proxy',
  )
})
