import { symlink } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { fileInside, windowFile } from '../../../main/shells/windowFile.ts'
import { indexHtml, smallWindow } from './fixtures.ts'
import { withLinks } from '../../platforms.ts'

describe('a file of the built window', () => {
  test.each([
    ['/', 'text/html; charset=utf-8', 'no-cache'],
    ['/assets/app-1.js', 'text/javascript; charset=utf-8', 'private, max-age=31536000, immutable'],
    ['/assets/app-1.css', 'text/css; charset=utf-8', 'private, max-age=31536000, immutable'],
  ])('%s has its type and says how long it may be kept', async (address, type, caching) => {
    const response = await windowFile(new Request(`http://lab${address}`), await smallWindow())
    expect(response.status).toBe(200)
    expect(response.headers.get('content-type')).toBe(type)
    expect(response.headers.get('cache-control')).toBe(caching)
  })

  test('comes whole, and for HEAD as headers alone', async () => {
    const folder = await smallWindow()
    expect(await (await windowFile(new Request('http://lab/'), folder)).text()).toBe(indexHtml)
    const head = await windowFile(new Request('http://lab/', { method: 'HEAD' }), folder)
    expect(head.headers.get('content-length')).toBe(String(indexHtml.length))
    expect(await head.text()).toBe('')
  })

  test('that is not there is a sentence in the language of the page', async () => {
    const request = new Request('http://lab/none.js', { headers: { 'accept-language': 'ru,en;q=0.5' } })
    const response = await windowFile(request, await smallWindow())
    expect(response.status).toBe(404)
    expect(await response.text()).toContain('По адресу /none.js ничего нет')
  })

  test('of a window that was never built says what to do', async () => {
    const folder = path.join(await smallWindow(), 'assets')
    const response = await windowFile(new Request('http://lab/'), folder)
    expect(response.status).toBe(404)
    expect(await response.text()).toContain('The window has not been built')
  })
})

describe('a path that leaves the folder', () => {
  test.each([
    '/../secret.txt',
    '/assets/../../secret.txt',
    '/..%2fsecret.txt',
    '/%2e%2e%2fsecret.txt',
    '/..%5csecret.txt',
    '/..\\secret.txt',
    '/assets',
    '/index.html%00.js',
    '/%ff',
    `/${'a'.repeat(5000)}`,
  ])('%s names no file', async (pathname) => {
    expect(await fileInside(await smallWindow(), pathname)).toBeNull()
  })

  withLinks('over a link names no file', async () => {
    const folder = await smallWindow()
    await symlink(path.join(folder, '..', 'secret.txt'), path.join(folder, 'linked.txt'))
    expect(await fileInside(folder, '/linked.txt')).toBeNull()
  })

  test('while one that turns back inside names its file', async () => {
    const folder = await smallWindow()
    expect(await fileInside(folder, '/assets/../index.html')).toBe(path.join(folder, 'index.html'))
  })
})
