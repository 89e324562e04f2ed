import { request } from 'node:http'
import { createServer } from 'node:net'
import { describe, expect, onTestFinished, test } from 'vitest'
import { forkEngine } from '../../../main/engine/host/engineHost.ts'
import { openBrowserShell } from '../../../main/browser/shell.ts'
import { homeWithImages, indexHtml, smallWindow, temporaryFolder } from '../shells/fixtures.ts'
import { aShell, cookieOf } from './aShell.ts'

/** A request with any path and headers, which `fetch` would tidy up or refuse. */
function ask(
  port: number,
  options: { path?: string; method?: string; headers?: Record<string, string> },
): Promise<{ status: number; text: string; headers: Record<string, unknown> }> {
  return new Promise((resolve, reject) => {
    const asking = request({ host: '127.0.0.1', port, path: '/', agent: false, ...options }, (response) => {
      let text = ''
      response.setEncoding('utf8')
      response.on('data', (part: string) => (text += part))
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text, headers: response.headers }))
    })
    asking.on('error', reject)
    asking.end()
  })
}

describe('the address', () => {
  test('gives a cookie that no script reads and no other site sends, and leads to the window', async () => {
    const shell = await aShell()
    const response = await fetch(shell.address(), { redirect: 'manual' })
    expect(response.status).toBe(303)
    expect(response.headers.get('location')).toBe('/')
    expect(response.headers.get('cache-control')).toBe('no-store')
    const [cookie = ''] = response.headers.getSetCookie()
    expect(cookie).toMatch(new RegExp(`^conv_lab_${shell.port}=[\\w-]{43}; Path=/; HttpOnly; SameSite=Strict$`))

    const page = await fetch(`http://127.0.0.1:${shell.port}/`, { headers: { cookie: cookie.split(';')[0] ?? '' } })
    expect(page.status).toBe(200)
    expect(await page.text()).toBe(indexHtml)
  })

  test('opens the lab once, and is another one each time it is asked for', async () => {
    const shell = await aShell()
    const [first, second] = [shell.address(), shell.address()]
    expect(first).not.toBe(second)
    expect((await fetch(first, { redirect: 'manual' })).status).toBe(303)
    const again = await fetch(first, { redirect: 'manual' })
    expect(again.status).toBe(403)
    expect(await again.text()).toContain('This address has been used already')
    expect((await fetch(second, { redirect: 'manual' })).status).toBe(303)
  })

  test('that was used leads whoever has the cookie to the window', async () => {
    const shell = await aShell()
    const cookie = await cookieOf(shell)
    const used = shell.address()
    await fetch(used, { redirect: 'manual' })
    expect((await fetch(used, { redirect: 'manual', headers: { cookie } })).status).toBe(303)
  })
})

describe('a stranger', () => {
  test.each([
    ['no cookie', (_port: number) => ({})],
    ['a wrong cookie', (port: number) => ({ headers: { cookie: `conv_lab_${port}=${'A'.repeat(43)}` } })],
    ['a wrong token', (_port: number) => ({ path: `/?token=${'A'.repeat(43)}` })],
    ['an empty token', (_port: number) => ({ path: '/?token=' })],
  ])('with %s gets 403 and a sentence', async (_name, knock) => {
    const shell = await aShell()
    const { status, text } = await ask(shell.port, knock(shell.port))
    expect(status).toBe(403)
    expect(text).toMatch(/Type “npm start”/)
  })

  test('gets nothing of the window, its images or its parts either', async () => {
    const shell = await aShell()
    for (const path of ['/index.html', '/assets/app-1.js', '/images/mnist/train/0.png', '/api']) {
      expect((await ask(shell.port, { path })).status, path).toBe(403)
    }
  })
})

describe('a request with the cookie', () => {
  test('under another host name is refused: names can be made to point here', async () => {
    const shell = await aShell()
    const cookie = await cookieOf(shell)
    for (const host of [
      'evil.example',
      `evil.example:${shell.port}`,
      `127.0.0.1:${shell.port + 1}`,
      '127.0.0.1',
      `127.0.0.1:${shell.port}.evil.example`,
    ]) {
      expect((await ask(shell.port, { headers: { cookie, host } })).status, host).toBe(403)
    }
    expect((await ask(shell.port, { headers: { cookie, host: `localhost:${shell.port}` } })).status).toBe(200)
  })

  test('from another origin is refused', async () => {
    const shell = await aShell()
    const cookie = await cookieOf(shell)
    for (const origin of [
      'http://evil.example',
      'null',
      `https://127.0.0.1:${shell.port}`,
      `http://localhost:${shell.port}`,
      'http://127.0.0.1',
    ]) {
      expect((await ask(shell.port, { headers: { cookie, origin } })).status, origin).toBe(403)
    }
    expect((await ask(shell.port, { headers: { cookie, origin: `http://127.0.0.1:${shell.port}` } })).status).toBe(200)
  })

  test('cannot leave the folder of the window', async () => {
    const shell = await aShell()
    const cookie = await cookieOf(shell)
    for (const path of [
      '/../secret.txt',
      '/assets/../../secret.txt',
      '/..%2fsecret.txt',
      '/%2e%2e/secret.txt',
      '//secret.txt',
      '/..%5csecret.txt',
    ]) {
      const { status, text } = await ask(shell.port, { path, headers: { cookie } })
      expect(status, path).toBe(404)
      expect(text, path).not.toContain('not for the window')
    }
    expect((await ask(shell.port, { path: 'http://%%/', headers: { cookie } })).status).toBe(400)
  })

  test('can only read', async () => {
    const shell = await aShell()
    const cookie = await cookieOf(shell)
    for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS']) {
      const { status, headers } = await ask(shell.port, { method, headers: { cookie } })
      expect(status, method).toBe(405)
      expect(headers['allow']).toBe('GET, HEAD')
    }
    const head = await ask(shell.port, { method: 'HEAD', headers: { cookie } })
    expect([head.status, head.text, head.headers['content-length']]).toEqual([200, '', String(indexHtml.length)])
  })

  test('gets an image of a data set as PNG', async () => {
    const { home, set } = await homeWithImages()
    const shell = await aShell({ home })
    const address = `http://127.0.0.1:${shell.port}/images/mnist/own/5.png?v=${set.prepared.sha256.slice(0, 12)}`
    const response = await fetch(address, { headers: { cookie: await cookieOf(shell) } })
    expect(response.status).toBe(200)
    expect(response.headers.get('content-type')).toBe('image/png')
    expect(response.headers.get('x-content-type-options')).toBe('nosniff')
    expect([...(await response.bytes()).subarray(0, 4)]).toEqual([0x89, 0x50, 0x4e, 0x47])
  })
})

describe('every answer', () => {
  test('forbids scripts and connections from elsewhere, frames and guessing of types', async () => {
    const shell = await aShell()
    const cookie = await cookieOf(shell)
    const answers = [
      await ask(shell.port, { headers: { cookie } }),
      await ask(shell.port, { path: '/none', headers: { cookie } }),
      await ask(shell.port, {}),
    ]
    expect(answers.map((answer) => answer.status)).toEqual([200, 404, 403])
    for (const { headers } of answers) {
      const policy = String(headers['content-security-policy'])
      const directives = new Map(
        policy.split('; ').map((directive) => [directive.split(' ')[0], directive.split(' ').slice(1).join(' ')]),
      )
      expect(directives.get('default-src')).toBe("'self'")
      expect(directives.get('script-src')).toBe("'self'")
      expect(directives.get('style-src')).toBe("'self'")
      expect(directives.get('img-src')).toBe("'self' data: blob:")
      expect(directives.get('connect-src')).toBe(`'self' ws://127.0.0.1:${shell.port} ws://localhost:${shell.port}`)
      for (const name of ['object-src', 'base-uri', 'frame-ancestors', 'form-action'])
        expect(directives.get(name), name).toBe("'none'")
      expect(directives.get('require-trusted-types-for')).toBe("'script'")
      expect(policy).not.toContain('unsafe')
      expect(headers).toMatchObject({
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-resource-policy': 'same-origin',
      })
    }
  })
})

describe('the port', () => {
  test('that is taken is said in a sentence, and the home folder is free again', async () => {
    const other = createServer()
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
    onTestFinished(() => void other.close())
    const address = other.address()
    const port = typeof address === 'object' && address !== null ? address.port : 0
    const home = await temporaryFolder()
    const opening = openBrowserShell({
      home,
      port,
      windowFolder: await smallWindow(),
      launchEngine: forkEngine,
      warm: false,
      goneSeconds: null,
    })
    await expect(opening).rejects.toThrow(`Port ${port} of this computer is taken`)
    await expect(aShell({ home })).resolves.toBeDefined()
  })

  test('is free again once the shell has ended', async () => {
    const shell = await aShell()
    const cookie = await cookieOf(shell)
    await ask(shell.port, { headers: { cookie } })
    await shell.end()
    await shell.ended
    await expect(ask(shell.port, {})).rejects.toThrow('ECONNREFUSED')
  })
})

describe('files that a page gives', () => {
  test('are taken from whoever has the cookie, and from nobody else', async () => {
    const shell = await aShell()
    expect((await ask(shell.port, { path: '/given', method: 'POST' })).status).toBe(403)
    const cookie = await cookieOf(shell)
    expect(
      (await ask(shell.port, { path: '/given', method: 'POST', headers: { cookie, origin: 'https://example.org' } }))
        .status,
    ).toBe(403)
    const begun = await ask(shell.port, { path: '/given', method: 'POST', headers: { cookie } })
    expect([begun.status, JSON.parse(begun.text)]).toEqual([200, { id: '1' }])
    const sent = await fetch(`http://127.0.0.1:${shell.port}/given/1/notes.txt`, {
      method: 'PUT',
      headers: { cookie },
      body: 'no image',
    })
    expect(sent.status).toBe(200)
    const refused = await ask(shell.port, {
      path: '/given/1/import?dataset=nothing',
      method: 'POST',
      headers: { cookie },
    })
    expect([refused.status, JSON.parse(refused.text)]).toMatchObject([400, { problem: { code: 'dataset-unknown' } }])
  })
})
