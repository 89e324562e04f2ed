import { mkdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { MessageChannel } from 'node:worker_threads'
import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/message-port'
import { beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest'
import { requestFor } from '../../../core/run/presets.ts'
import { usualPreferences } from '../../../core/contract/windowContract.ts'
import { portMessage } from '../../../core/contract/windowLink.ts'
import { startElectron } from '../../../main/electron/app.ts'
import { forkEngine } from '../../../main/engine/host/engineHost.ts'
import type { WindowClient } from '../../../main/homeSocket/ownerLink.ts'
import { openServedLab } from '../../../main/shells/openServedLab.ts'
import { posixOnly } from '../../platforms.ts'
import { homeWithImages, indexHtml, smallWindow, temporaryFolder } from '../shells/fixtures.ts'
import { anApp, hasQuit, removeProfile } from './anApp.ts'
import { cancellable, double, resetDouble, type BrowserWindowDouble } from './double.ts'

vi.mock('electron', async () => (await import('./double.ts')).electron)

beforeEach(() => {
  resetDouble()
  onTestFinished(removeProfile)
  // Each app guards the process against crashes until it ends; here the process outlives many of them.
  const rejections = process.listeners('unhandledRejection')
  const exceptions = process.listeners('uncaughtException')
  onTestFinished(() => {
    for (const listener of process.listeners('unhandledRejection'))
      if (!rejections.includes(listener)) process.off('unhandledRejection', listener)
    for (const listener of process.listeners('uncaughtException'))
      if (!exceptions.includes(listener)) process.off('uncaughtException', listener)
  })
})

/** Hands a port over as the preload script does. */
function handOver(
  window: BrowserWindowDouble,
  senderFrame: unknown = window.webContents.mainFrame,
  sender: unknown = window.webContents,
) {
  const { port1, port2 } = new MessageChannel()
  const port = Object.assign(port2, { start: port2.start.bind(port2) })
  double.ipcMain.emit(portMessage, { sender, senderFrame, ports: [port] })
  const client: WindowClient = createORPCClient(new RPCLink({ port: port1 }))
  onTestFinished(() => port1.close())
  return { client, port1 }
}

describe('the window', () => {
  test('is sandboxed and knows nothing of Node', async () => {
    const { window } = await anApp()
    expect(double.app.sandboxed).toBe(true)
    expect(window.options.webPreferences).toMatchObject({
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInSubFrames: false,
      nodeIntegrationInWorker: false,
      webSecurity: true,
      webviewTag: false,
      preload: expect.stringMatching(/dist.preload.index\.cjs$/),
    })
    expect(window.options.webPreferences).not.toHaveProperty('allowRunningInsecureContent')
    expect(window.loaded).toEqual(['lab://app/'])
  })

  test('is shown when it has something to show', async () => {
    const { window } = await anApp()
    expect(window.options.show).toBe(false)
    expect(window.calls).toEqual([])
    window.emit('ready-to-show')
    expect(window.calls).toEqual(['show'])
  })

  test('comes to the front when the app is started again', async () => {
    const { window } = await anApp()
    window.minimized = true
    double.app.emit('second-instance', {}, [], '/')
    expect(window.calls).toEqual(['restore', 'show', 'focus'])
  })

  test('comes back where it was', async () => {
    const { window, home } = await anApp()
    window.maximized = true
    window.close()
    await hasQuit()
    expect(JSON.parse(await readFile(path.join(home, 'window.json'), 'utf8'))).toEqual({
      format: 1,
      bounds: { x: 100, y: 80, width: 1440, height: 960 },
      maximized: true,
    })
    resetDouble()
    const again = await anApp(home)
    expect(again.window.options).toMatchObject({ x: 100, y: 80, width: 1440, height: 960 })
    expect(again.window.maximized).toBe(true)
  })

  test('loads its page anew when the page has crashed, and does not when it was closed', async () => {
    const { window } = await anApp()
    window.webContents.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 5 })
    expect(window.webContents.reloads).toBe(1)
    window.webContents.emit('render-process-gone', {}, { reason: 'clean-exit', exitCode: 0 })
    expect(window.webContents.reloads).toBe(1)
    expect(double.errors).toEqual([])
  })

  test('is closed in order when its page crashes again at once', async () => {
    const { window, home } = await anApp()
    for (let crash = 0; crash < 2; crash += 1)
      window.webContents.emit('render-process-gone', {}, { reason: 'oom', exitCode: 9 })
    await hasQuit()
    expect(window.webContents.reloads).toBe(1)
    expect(double.errors).toEqual([expect.stringContaining('oom, 9')])
    expect(await readFile(path.join(home, 'conv-lab.log'), 'utf8')).toMatch(
      /the page ended: oom, exit code 9\n.*the page ended: oom, exit code 9\n/,
    )
  })

  posixOnly('this process lives on with the history open, and Windows deletes no open file')(
    'says that another computer has taken its folder, and ends without touching it',
    async () => {
      const killed = vi.spyOn(process, 'kill').mockReturnValue(true)
      const { home } = await anApp()
      const note = { owner: 'another', host: 'desk-8', asked: null, answered: null }
      await writeFile(path.join(home, 'owner.json'), JSON.stringify(note))
      await expect.poll(() => killed.mock.calls, { timeout: 20_000 }).toEqual([[process.pid, 'SIGKILL']])
      expect(double.errors).toEqual([expect.stringContaining('Another Conv Lab (on the computer desk-8) has taken')])
      expect(double.app.quits).toBe(0)
    },
  )

  test('that cannot be opened is said, and the home folder is free again', async () => {
    const home = await temporaryFolder()
    await mkdir(path.join(home, 'window.json'))
    await startElectron({ home, windowFolder: await smallWindow(), launchEngine: forkEngine, warm: false })
    expect(double.errors).toEqual([expect.stringContaining('EISDIR')])
    expect(double.app.exits).toEqual([1])
    const lab = await openServedLab({ home, shell: 'cli', launchEngine: forkEngine, warm: false })
    await lab.close()
  })
})

describe('a page', () => {
  test('cannot navigate away, embed another page or use a device', async () => {
    const { window } = await anApp()
    for (const kind of ['will-navigate', 'will-frame-navigate', 'will-redirect']) {
      for (const url of [
        'https://example.org/',
        'file:///etc/passwd',
        'lab://other/',
        'lab://app.example.org/',
        'javascript:alert(1)',
      ]) {
        const away = cancellable({ url })
        window.webContents.emit(kind, away)
        expect(away.prevented, `${kind} ${url}`).toBe(true)
      }
      const home = cancellable({ url: 'lab://app/#compare' })
      window.webContents.emit(kind, home)
      expect(home.prevented).toBe(false)
    }
    const embedding = cancellable()
    window.webContents.emit('will-attach-webview', embedding)
    expect(embedding.prevented).toBe(true)

    const asked = (permission: string, requestingUrl: string, mediaTypes?: string[]): boolean[] => {
      const answers: boolean[] = []
      const details = { requestingUrl, ...(mediaTypes === undefined ? {} : { mediaTypes }) }
      double.session.permissionRequest?.(window.webContents, permission, (granted) => answers.push(granted), details)
      return answers
    }
    // A picture of the camera may be looked at.
    expect(asked('media', 'lab://app/', ['video'])).toEqual([true])
    expect(asked('media', 'lab://app/', ['video', 'audio'])).toEqual([false])
    expect(asked('media', 'https://example.org/', ['video'])).toEqual([false])
    // So may a notice that a run has ended.
    expect(asked('notifications', 'lab://app/')).toEqual([true])
    expect(asked('notifications', 'https://example.org/')).toEqual([false])
    // And what a person copies goes to the clipboard, which is never read.
    expect(asked('clipboard-sanitized-write', 'lab://app/')).toEqual([true])
    expect(asked('clipboard-sanitized-write', 'https://example.org/')).toEqual([false])
    expect(asked('clipboard-read', 'lab://app/')).toEqual([false])
    expect(asked('geolocation', 'lab://app/')).toEqual([false])
    const check = double.session.permissionCheck
    expect(check?.(null, 'media', 'lab://app', { mediaType: 'video' })).toBe(true)
    expect(check?.(null, 'media', 'lab://app', { mediaType: 'audio' })).toBe(false)
    expect(check?.(null, 'notifications', 'lab://app', {})).toBe(true)
    expect(check?.(null, 'notifications', 'https://example.org', {})).toBe(false)
    expect(check?.(null, 'clipboard-sanitized-write', 'lab://app', {})).toBe(true)
    expect(check?.(null, 'clipboard-read', 'lab://app', {})).toBe(false)
    expect(double.session.devicePermission?.()).toBe(false)
  })

  test('has folders shown in the file manager, the lab’s own and no others', async () => {
    const { window, home } = await anApp()
    const { client } = handOver(window)
    expect(await client.lab.about()).toMatchObject({ opensFolders: true, places: { home } })
    await client.lab.openFolder({ kind: 'home' })
    expect(double.shown).toEqual([home])
    double.cannotShow = 'no such folder'
    await expect(client.lab.openFolder({ kind: 'cache' })).rejects.toMatchObject({
      data: { code: 'folder-not-opened', parameters: { detail: 'no such folder' } },
    })
    await expect(client.lab.openFolder({ kind: 'checkpoints', run: 99 })).rejects.toMatchObject({
      data: { code: 'run-unknown' },
    })
  })

  test('opens no window; the pages of the data sets open in the own browser of the person, no other', async () => {
    const { window } = await anApp()
    const { client } = handOver(window)
    const [known] = (await client.datasets.list()).map((entry) => entry.page)
    for (const url of [known ?? '', 'https://example.org/', 'file:///etc/passwd', `${known}evil`]) {
      expect(window.webContents.openHandler?.({ url })).toEqual({ action: 'deny' })
    }
    expect(double.opened).toEqual([known])
  })

  test('stays open when the system cannot show the page of a data set', async () => {
    const { window, home } = await anApp()
    const { client } = handOver(window)
    double.cannotOpen = true
    const [known] = await client.datasets.list()
    window.webContents.openHandler?.({ url: known?.page ?? '' })
    await expect.poll(() => readFile(path.join(home, 'conv-lab.log'), 'utf8')).toContain('no browser')
    expect(double.errors).toEqual([])
    expect(double.app.quits).toBe(0)
  })

  test('is served under its own scheme with the strict policy', async () => {
    await anApp()
    expect(double.privileged).toEqual([
      { scheme: 'lab', privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true } },
    ])
    const serve = double.session.handlers.get('lab')
    const page = await serve?.(new Request('lab://app/'))
    expect(await page?.text()).toBe(indexHtml)
    expect(page?.headers.get('content-security-policy')).toMatch(
      /default-src 'self'; .*connect-src 'self'; .*frame-ancestors 'none'/,
    )
    expect((await serve?.(new Request('lab://app/..%2fsecret.txt')))?.status).toBe(404)
    expect((await serve?.(new Request('lab://other/')))?.status).toBe(404)
    expect((await serve?.(new Request('lab://app/', { method: 'POST' })))?.status).toBe(405)
  })

  test('gets the images of the data sets', async () => {
    const { home, set } = await homeWithImages()
    await anApp(home)
    const response = await double.session.handlers.get('lab')?.(
      new Request(`lab://app/images/mnist/own/35.png?v=${set.prepared.sha256.slice(0, 12)}`),
    )
    expect(response?.status).toBe(200)
    expect(response?.headers.get('content-type')).toBe('image/png')
  })
})

describe('the port of a page', () => {
  test('carries the window contract', async () => {
    const { window, home } = await anApp()
    const { client } = handOver(window)
    expect(await client.lab.status()).toMatchObject({ home, owner: { shell: 'electron', address: null } })
  })

  test('is given anew to a page that was loaded anew', async () => {
    const { window } = await anApp()
    await handOver(window).client.lab.status()
    await expect(handOver(window).client.preferences.read()).resolves.toEqual(usualPreferences)
  })

  test.each([
    [
      'a frame inside the page',
      (window: BrowserWindowDouble) => [{ url: 'lab://app/', origin: 'lab://app' }, window.webContents],
    ],
    ['a closed frame', (window: BrowserWindowDouble) => [null, window.webContents]],
    ['another window', (window: BrowserWindowDouble) => [window.webContents.mainFrame, {}]],
  ])('is refused from %s', async (_name, from) => {
    const { window } = await anApp()
    const { port1 } = handOver(window, ...from(window))
    await new Promise((resolve) => port1.once('close', resolve))
  })

  test('is refused from a page of another origin', async () => {
    const { window, home } = await anApp()
    window.webContents.mainFrame = { url: 'https://example.org/', origin: 'https://example.org' }
    const { port1 } = handOver(window)
    await new Promise((resolve) => port1.once('close', resolve))
    expect(await readFile(path.join(home, 'conv-lab.log'), 'utf8')).toContain(
      'refused a port that https://example.org/ sent',
    )
  })
})

describe('menu and frame', () => {
  test('speak the language of the system until one is chosen, and follow the choice', async () => {
    double.app.locale = 'ru-RU'
    const { window } = await anApp()
    expect(double.menus.at(-1)?.map((menu) => menu.label)).toContain('&Правка')
    const { client } = handOver(window)
    const known = double.menus.length
    await client.preferences.write({ language: 'en', theme: 'dark' })
    await vi.waitUntil(() => double.menus.length > known)
    expect(double.menus.at(-1)?.map((menu) => menu.label)).toContain('&Edit')
    expect(double.nativeTheme.themeSource).toBe('dark')
  })
})

describe('closing', () => {
  test('pauses a training run with a checkpoint before the app quits', async () => {
    const { home, set } = await homeWithImages()
    const { window } = await anApp(home)
    const { client } = handOver(window)
    const events = await client.lab.events({ after: 0 })
    await client.runs.start(
      requestFor('seed', set.card, set.prepared, { batch: 2, goal: 100_000, evaluateEvery: 100_000 }),
    )
    for await (const event of events) if (event.kind === 'steps') break
    window.close()
    expect(window.destroyed).toBe(false)
    expect(double.app.quits).toBe(0)
    await hasQuit()

    const lab = await openServedLab({ home, shell: 'cli', launchEngine: forkEngine, warm: false })
    onTestFinished(() => lab.close())
    const [run] = lab.history.runs()
    expect(run?.state).toBe('paused')
    expect(run?.checkpointStep).toBe(run?.step)
    expect(run?.step).toBeGreaterThan(0)
  })

  test.each(['query-session-end', 'shutdown'])('is waited for by a system that ends (%s)', async (kind) => {
    const { window } = await anApp()
    const asked = cancellable()
    const source = kind === 'shutdown' ? double.powerMonitor : window
    source.emit(kind, asked)
    expect(asked.prevented).toBe(true)
    await hasQuit()
    // Then nothing holds it any more.
    const again = cancellable()
    source.emit(kind, again)
    expect(again.prevented).toBe(false)
  })

  test('begins at once where Windows has not asked', async () => {
    const { window } = await anApp()
    window.emit('session-end', cancellable())
    await hasQuit()
    expect(double.errors).toEqual([])
  })

  test('happens once, however often and however it is asked for', async () => {
    const { window } = await anApp()
    window.close()
    double.app.quit()
    window.close()
    await hasQuit()
    expect(double.app.quits).toBe(1)
    expect(double.errors).toEqual([])
  })
})

describe('starting', () => {
  test('a second time leaves it to the first', async () => {
    double.app.first = false
    await startElectron({
      home: await temporaryFolder(),
      windowFolder: await smallWindow(),
      launchEngine: forkEngine,
      warm: false,
    })
    expect(double.app.quits).toBe(1)
    expect(double.windows).toEqual([])
  })

  test('on a folder in use says by whom, in the language of the system', async () => {
    double.app.locale = 'ru'
    const home = await temporaryFolder()
    const owner = await openServedLab({ home, shell: 'cli', launchEngine: forkEngine, warm: false })
    onTestFinished(() => owner.close())
    await startElectron({ home, windowFolder: await smallWindow(), launchEngine: forkEngine, warm: false })
    expect(double.errors).toEqual([
      expect.stringMatching(new RegExp(`^Папка .* занята другим Conv Lab .*${process.pid}`)),
    ])
    expect(double.app.exits).toEqual([1])
    expect(double.windows).toEqual([])
  })

  test('keeps the profiles of two home folders apart', async () => {
    await anApp()
    const first = double.app.paths.get('userData')
    await anApp()
    expect(double.app.paths.get('userData')).not.toBe(first)
  })

  test('in a cache folder that cannot be written says so in a window', async () => {
    const file = path.join(await temporaryFolder(), 'a file')
    await writeFile(file, '')
    vi.stubEnv('CONV_LAB_CACHE', path.join(file, 'cache'))
    onTestFinished(() => void vi.unstubAllEnvs())
    await startElectron({
      home: await temporaryFolder(),
      windowFolder: await smallWindow(),
      launchEngine: forkEngine,
      warm: false,
    })
    expect(double.errors).toEqual([expect.stringContaining(file)])
    expect(double.app.exits).toEqual([1])
    expect(double.windows).toEqual([])
  })

  test('tells Windows its name, without which notices are not shown', async () => {
    await anApp()
    const builder = await readFile(path.join(import.meta.dirname, '../../../electron-builder.yml'), 'utf8')
    expect(builder).toContain(`\nappId: ${double.app.userModelId}\n`)
  })

  test('works with a damaged window state', async () => {
    const home = await temporaryFolder()
    await writeFile(path.join(home, 'window.json'), '{"format":1,')
    expect((await anApp(home)).window.options).toMatchObject({ width: 1440, height: 960 })
  })
})
