import { mkdir, readFile, rm, symlink, truncate, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { createHash } from 'node:crypto'
import { describe, expect, onTestFinished, test } from 'vitest'
import { MirrorOffer } from '../../../../core/mirror/mirrorOffer.ts'
import { classCodeIn, codeFileName } from '../../../../main/datasets/mirror/classCodeFile.ts'
import { MirrorServer } from '../../../../main/datasets/mirror/mirrorServer.ts'
import { catalogue } from '../../../../main/datasets/sets/catalogue.ts'
import { withLinks } from '../../../platforms.ts'
import { withFolder } from '../tinySets.ts'

const code = 'K7M4QX'
const windows = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36'
const mac =
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 Safari/605.1.15'
const telephone = 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)'
const network = JSON.stringify({
  'conv-lab-network': 1,
  name: 'Сеть <b>',
  note: 'для "первой" работы',
  layers: [
    {
      kind: 'conv',
      name: 'c1',
      filters: 6,
      kernel: { height: 5, width: 5 },
      stride: 1,
      padding: 'same',
      bias: true,
      initializer: 'glorot-uniform',
    },
  ],
  head: { kind: 'softmax', labelSmoothing: 0 },
})

/** A mirror's folder with archives, a set, templates, and what must not be served. */
async function fill(folder: string): Promise<void> {
  for (const name of ['portable', 'templates']) await mkdir(path.join(folder, name))
  await writeFile(path.join(folder, 'portable', 'conv-lab-0.3.0-linux-x64.tar.gz'), 'linux')
  await writeFile(path.join(folder, 'portable', 'conv-lab-0.10.0-win-x64.zip'), 'windows, newer')
  await writeFile(path.join(folder, 'portable', 'conv-lab-0.9.0-win-x64.zip'), 'windows')
  await writeFile(path.join(folder, 'portable', 'notes.txt'), 'secret')
  await writeFile(path.join(folder, 'mnist.conv-lab'), 'twelve bytes')
  await writeFile(path.join(folder, 'templates', 'сеть.json'), network)
  await writeFile(
    path.join(folder, 'templates', 'rates.json'),
    '{ "dataset": "mnist", "grid": { "rate": [0.1, 0.4] } }',
  )
  await writeFile(path.join(folder, 'templates', 'marks.json'), '{ "secret": 5 }')
}

async function served(folder: string, options: { code?: string | null } = {}): Promise<MirrorServer> {
  const server = await MirrorServer.open({
    folder,
    definitions: catalogue,
    host: '127.0.0.1',
    port: 0,
    code,
    onRequest: () => undefined,
    ...options,
  })
  onTestFinished(() => server.close())
  return server
}

function get(address: string, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(address, { headers, redirect: 'manual' })
}

describe('without the code', () => {
  test('the first page asks for it, in the language of the browser or the one that was chosen', async () => {
    await withFolder(async (folder) => {
      await fill(folder)
      const [page = ''] = (await served(folder)).pages
      const asked = await get(page)
      expect(asked.status).toBe(200)
      const text = await asked.text()
      // A browser takes the style of the page only with the hash that the policy names.
      const [, style = ''] = /<style>([^]*)<\/style>/.exec(text) ?? []
      const hash = createHash('sha256').update(style).digest('base64')
      expect(asked.headers.get('content-security-policy')).toContain(`default-src 'none'; style-src 'sha256-${hash}';`)
      expect(text).toContain('Type the code that your teacher shows')
      for (const hidden of [code, 'conv-lab-0.3.0', 'MNIST', 'сеть.json']) expect(text).not.toContain(hidden)
      const russian = await (await get(page, { 'accept-language': 'ru-RU,ru;q=0.9,en;q=0.8' })).text()
      expect(russian).toContain('<html lang="ru">')
      expect(russian).toContain('Введите код')
      expect(await (await get(`${page}/?lang=en`, { 'accept-language': 'ru' })).text()).toContain('Type the code')
    })
  })

  test('nothing is served, and the refusal says so to a person and to a program', async () => {
    await withFolder(async (folder) => {
      await fill(folder)
      const [page = ''] = (await served(folder)).pages
      for (const target of [
        '/mnist.conv-lab',
        '/offer.json',
        '/portable/conv-lab-0.3.0-linux-x64.tar.gz',
        '/AAAAAA/mnist.conv-lab',
        '/AAAAAA/',
        '/enter?code=AAAAAA',
        '/enter',
      ]) {
        const refused = await get(`${page}${target}`)
        expect({ target, status: refused.status, code: refused.headers.get('conv-lab-code') }).toEqual({
          target,
          status: 403,
          code: 'wrong',
        })
        expect(await refused.text()).toContain('This is not the code of this class')
      }
    })
  })

  test('guessing ends after twenty tries, and then the right code is not answered either', async () => {
    await withFolder(async (folder) => {
      await fill(folder)
      const [page = ''] = (await served(folder)).pages
      // What browsers ask for by themselves is no guess.
      for (let asked = 0; asked < 30; asked++) expect((await get(`${page}/favicon.ico`)).status).toBe(403)
      for (let tried = 0; tried < 20; tried++)
        expect((await get(`${page}/AAAAA${'23456789ABCDEFGHJKMN'[tried]}/`)).status).toBe(403)
      for (const target of ['/AAAAAA/', `/${code}/`, `/enter?code=${code}`]) {
        const refused = await get(`${page}${target}`)
        expect(refused.status).toBe(429)
        expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
        expect(refused.headers.get('conv-lab-code')).toBe('wait')
      }
    })
  })
})

describe('with the code', () => {
  test('as it is typed from a board, it leads to the page', async () => {
    await withFolder(async (folder) => {
      await fill(folder)
      const [page = ''] = (await served(folder)).pages
      for (const typed of [code, 'k7m 4qx', 'К7М4QX']) {
        const entered = await get(`${page}/enter?lang=ru&code=${encodeURIComponent(typed)}`)
        expect({ typed, status: entered.status, to: entered.headers.get('location') }).toEqual({
          typed,
          status: 303,
          to: `/${code}/?lang=ru`,
        })
      }
      expect((await get(`${page}/k7m4qx`)).headers.get('location')).toBe(`/${code}/?lang=en`)
    })
  })

  test('the page has the archive for the visitor first, sums, sets and templates, and no text as markup', async () => {
    await withFolder(async (folder) => {
      await fill(folder)
      const server = await served(folder)
      const [address = ''] = server.addresses
      expect(address).toBe(`${server.pages[0]}/${code}`)
      const page = await (await get(`${address}/`, { 'user-agent': windows })).text()
      const text = page.replace(/\s*([<>])\s*/g, '$1')
      expect(text).toContain(
        '<a class="button" href="portable/conv-lab-0.10.0-win-x64.zip">Download Conv Lab 0.10.0 for Windows (14 bytes)</a>',
      )
      const places = [
        'conv-lab-0.10.0-win-x64.zip',
        'conv-lab-0.9.0-win-x64.zip',
        'conv-lab-0.3.0-linux-x64.tar.gz',
      ].map((file) => text.indexOf(`>${file}</a>`))
      expect(places).not.toContain(-1)
      expect(places.toSorted((one, other) => one - other)).toEqual(places)
      expect(text).toContain(`SHA-256 ${createHash('sha256').update('windows, newer').digest('hex')}`)
      expect(text).toContain('<a href="mnist.conv-lab">MNIST</a>')
      expect(text).toContain(`<code>${address}</code>`)
      expect(text).toContain(`<a href="templates/${encodeURIComponent('сеть.json')}">Сеть &#60;b&#62;</a>`)
      expect(text).toContain('для &#34;первой&#34; работы')
      expect(text).toContain('Sweep: lab sweep rates.json')
      for (const hidden of ['marks', 'notes', 'secret', '<script', codeFileName]) expect(text).not.toContain(hidden)
    })
  })

  test('a Mac is shown the archive for Macs first, with the processor that it needs, and none where there is none', async () => {
    await withFolder(async (folder) => {
      await fill(folder)
      const [address = ''] = (await served(folder)).addresses
      const page = async (query: string, agent: string): Promise<string> =>
        (await (await get(`${address}/${query}`, { 'user-agent': agent })).text()).replace(/\s*([<>])\s*/g, '$1')
      expect(await page('', mac)).toContain('None of these archives is for the system of this computer')
      await writeFile(path.join(folder, 'portable', 'conv-lab-0.3.0-darwin-arm64.tar.gz'), 'mac')
      const text = await page('', mac)
      expect(text).toContain(
        '<a class="button" href="portable/conv-lab-0.3.0-darwin-arm64.tar.gz">Download Conv Lab 0.3.0 for Macs with Apple silicon (3 bytes)</a>',
      )
      expect(text).not.toContain('None of these archives')
      const places = ['darwin-arm64.tar.gz', 'win-x64.zip', 'linux-x64.tar.gz'].map((end) => text.indexOf(`${end}</a>`))
      expect(places).not.toContain(-1)
      expect(Math.min(...places)).toBe(places[0])
      expect(await page('?lang=ru', mac)).toContain('Скачать Conv Lab 0.3.0 для Mac с процессором Apple')
      // A telephone has it in its name too.
      expect(await page('', telephone)).toContain('None of these archives')
      expect(await page('', windows)).toContain('<td>Macs with Apple silicon</td>')
    })
  })

  test('the files are served, and nothing else', async () => {
    await withFolder(async (folder) => {
      await fill(folder)
      await writeFile(path.join(folder, codeFileName), code)
      const [address = ''] = (await served(folder)).addresses
      const part = await get(`${address}/portable/conv-lab-0.10.0-win-x64.zip`, { range: 'bytes=9-' })
      expect({ status: part.status, text: await part.text() }).toEqual({ status: 206, text: 'newer' })
      expect(await (await get(`${address}/templates/${encodeURIComponent('сеть.json')}`)).text()).toBe(network)
      expect(await (await get(`${address}/mnist.conv-lab`)).text()).toBe('twelve bytes')
      for (const target of [
        `/${codeFileName}`,
        '/portable/notes.txt',
        '/portable/',
        '/templates/marks.json',
        '/templates/..%2Fclass-code.txt',
        '/templates/..%5Cclass-code.txt',
        '/templates/%2e%2e/class-code.txt',
        '/portable/%2e%2e%2fclass-code.txt',
      ])
        expect({ target, status: (await get(`${address}${target}`)).status }).not.toMatchObject({ status: 200 })
    })
  })

  withLinks('a link to the code under the name of an archive is not served', async () => {
    await withFolder(async (folder) => {
      await fill(folder)
      const archive = path.join(folder, 'portable', 'conv-lab-0.9.0-win-x64.zip')
      await writeFile(path.join(folder, codeFileName), code)
      await rm(archive)
      await symlink(path.join(folder, codeFileName), archive)
      const [address = ''] = (await served(folder)).addresses
      expect((await get(`${address}/portable/${path.basename(archive)}`)).status).not.toBe(200)
    })
  })

  test('the list is one that programs read, and stands in the folder too, with sums of what is there now', async () => {
    await withFolder(async (folder) => {
      await fill(folder)
      const server = await served(folder)
      const [address = ''] = server.addresses
      const offer = MirrorOffer.parse(await (await get(`${address}/offer.json`)).json())
      expect(offer.archives.map(({ version, system }) => `${version} ${system}`)).toEqual([
        '0.3.0 linux-x64',
        '0.10.0 win-x64',
        '0.9.0 win-x64',
      ])
      expect(offer.datasets).toEqual([{ id: 'mnist', name: 'MNIST', bytes: 12, packed: true }])
      expect(offer.templates.map(({ kind }) => kind).toSorted()).toEqual(['network', 'sweep'])
      expect(await server.uselessTemplates()).toEqual(['marks.json'])
      await server.writeOffer()
      expect(JSON.parse(await readFile(path.join(folder, 'offer.json'), 'utf8'))).toEqual(offer)
      await truncate(path.join(folder, 'portable', 'conv-lab-0.10.0-win-x64.zip'), 7)
      const again = MirrorOffer.parse(await (await get(`${address}/offer.json`)).json())
      expect(again.archives[1]).toMatchObject({
        bytes: 7,
        sha256: createHash('sha256').update('windows').digest('hex'),
      })
    })
  })

  test('an empty folder says what is missing', async () => {
    await withFolder(async (folder) => {
      const [address = ''] = (await served(folder)).addresses
      const text = await (await get(`${address}/?lang=ru`)).text()
      expect(text).toContain('Архива программы здесь нет.')
      expect(text).toContain('Наборов данных здесь пока нет.')
    })
  })
})

test('an open mirror asks for no code', async () => {
  await withFolder(async (folder) => {
    await fill(folder)
    const server = await served(folder, { code: null })
    expect(server.addresses).toEqual(server.pages)
    const [address = ''] = server.addresses
    expect(await (await get(address)).text()).toContain('MNIST')
    expect((await get(`${address}/mnist.conv-lab`)).status).toBe(200)
  })
})

describe('the code of a folder', () => {
  test('is made once, and another each time that its file is deleted', async () => {
    await withFolder(async (folder) => {
      const made = await classCodeIn(folder)
      expect(made).toMatch(/^[2-9A-HJKMNP-TV-Z]{6}$/)
      expect(await classCodeIn(folder)).toBe(made)
      await writeFile(path.join(folder, codeFileName), 'k7m-4qx\r\n')
      expect(await classCodeIn(folder)).toBe(code)
    })
  })

  test('is refused where its file has none', async () => {
    await withFolder(async (folder) => {
      await writeFile(path.join(folder, codeFileName), 'class')
      await expect(classCodeIn(folder)).rejects.toMatchObject({ problem: { code: 'class-code-unfit' } })
    })
  })
})
