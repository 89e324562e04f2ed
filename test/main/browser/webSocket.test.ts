import { createORPCClient, safe } from '@orpc/client'
import { RPCLink } from '@orpc/client/websocket'
import { once } from 'node:events'
import { describe, expect, onTestFinished, test } from 'vitest'
import { WebSocket } from 'ws'
import type { WindowClient } from '../../../main/homeSocket/ownerLink.ts'
import type { BrowserShell } from '../../../main/browser/shell.ts'
import { aShell, cookieOf } from './aShell.ts'

interface Knock {
  readonly cookie?: string
  readonly origin?: string
  readonly host?: string
  readonly path?: string
}

function socketTo(shell: BrowserShell, { cookie, origin, host, path = '/api' }: Knock): WebSocket {
  const headers = {
    ...(cookie === undefined ? {} : { cookie }),
    ...(origin === undefined ? {} : { origin }),
    ...(host === undefined ? {} : { host }),
  }
  const socket = new WebSocket(`ws://127.0.0.1:${shell.port}${path}`, { headers })
  onTestFinished(() => socket.terminate())
  return socket
}

/** Status and text of a refused WebSocket. */
function refusal(shell: BrowserShell, knock: Knock): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const socket = socketTo(shell, knock)
    socket.on('open', () => reject(new Error('the WebSocket was opened')))
    socket.on('error', reject)
    socket.on('unexpected-response', (_request, response) => {
      let text = ''
      response.on('data', (part: Buffer) => (text += part.toString()))
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text }))
    })
  })
}

/** A connected page: its client, and how it leaves. */
async function aPage(shell: BrowserShell): Promise<{ client: WindowClient; socket: WebSocket }> {
  const socket = socketTo(shell, { cookie: await cookieOf(shell), origin: `http://127.0.0.1:${shell.port}` })
  await once(socket, 'open')
  const client: WindowClient = createORPCClient(new RPCLink({ websocket: socket }))
  return { client, socket }
}

describe('the WebSocket of a page', () => {
  test('carries a call', async () => {
    const shell = await aShell()
    const { client } = await aPage(shell)
    const status = await client.lab.status()
    expect(status.owner).toMatchObject({ shell: 'browser', pid: process.pid })
    expect(status.owner.address).toMatch(new RegExp(`^http://127\\.0\\.0\\.1:${shell.port}/\\?token=`))
    expect((await client.datasets.list()).map((entry) => entry.id)).toContain('mnist')
  })

  test('carries a refusal as its problem', async () => {
    const { client } = await aPage(await aShell())
    const { error } = await safe(client.runs.detail({ run: 41 }))
    expect(error).toMatchObject({ code: 'PROBLEM', data: { code: 'run-unknown', parameters: { run: 41 } } })
  })

  test('carries the stream of events', async () => {
    const { client } = await aPage(await aShell())
    const events = await client.lab.events({ after: (await client.lab.status()).sequence })
    const next = events.next()
    await client.preferences.write({ language: 'ru', theme: 'dark' })
    expect(await next).toMatchObject({ value: { kind: 'preferences', preferences: { language: 'ru', theme: 'dark' } } })
  })

  test('is refused without the cookie, from another origin, without an origin, under another name', async () => {
    const shell = await aShell()
    const cookie = await cookieOf(shell)
    const origin = `http://127.0.0.1:${shell.port}`
    const knocks: Knock[] = [
      { origin },
      { cookie: `conv_lab_${shell.port}=wrong`, origin },
      { cookie, origin: 'http://evil.example' },
      { cookie },
      { cookie, host: 'evil.example', origin: 'http://evil.example' },
      // The token of an address opens the page, never the WebSocket.
      { origin, path: `/?${shell.address().split('?')[1] ?? ''}` },
    ]
    for (const knock of knocks) {
      const { status, text } = await refusal(shell, knock)
      expect(status, JSON.stringify(knock)).toBe(403)
      expect(text).toMatch(/does not come from the window of this Conv Lab/)
    }
  })

  test('is at /api alone', async () => {
    const shell = await aShell()
    const knock = { cookie: await cookieOf(shell), origin: `http://127.0.0.1:${shell.port}` }
    expect((await refusal(shell, { ...knock, path: '/other' })).status).toBe(404)
  })

  test('is closed by a message larger than any request', async () => {
    const { socket } = await aPage(await aShell())
    const closed = once(socket, 'close')
    socket.send('x'.repeat((1 << 20) + 1))
    expect((await closed)[0]).toBe(1009)
  })

  test('is closed by the end of the shell', async () => {
    const shell = await aShell()
    const { socket } = await aPage(shell)
    const closed = once(socket, 'close')
    await shell.end()
    await closed
  })
})

describe('a shell whose pages have gone', () => {
  test('ends, and frees its home folder', async () => {
    const shell = await aShell({ goneSeconds: 0.05 })
    expect(shell.arrived()).toBe(false)
    const [first, second] = [await aPage(shell), await aPage(shell)]
    expect(shell.arrived()).toBe(true)
    first.socket.close()
    await once(first.socket, 'close')
    await second.client.lab.status()
    second.socket.close()
    await shell.ended
    await expect(aPage(shell)).rejects.toThrow()
  })
})
