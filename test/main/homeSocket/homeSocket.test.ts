// @module-tag slow
import { once } from 'node:events'
import { createServer } from 'node:http'
import { createServer as createSilentServer } from 'node:net'
import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir, userInfo } from 'node:os'
import path from 'node:path'
import { phrase } from '../../../core/words/phrases.ts'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { homePlaces, type Home } from '../../../main/files/places.ts'
import { connectToOwner, type OwnerLink } from '../../../main/homeSocket/ownerLink.ts'
import { neededSocketPlaces, socketPlaces } from '../../../main/platform/socketPlaces.ts'
import { eventsUntil, openLab, reached, smallRequest } from '../openLab.ts'
import { smallHome } from '../smallHome.ts'
import { posixOnly } from '../../platforms.ts'

function folderIn(parent: string, name: string): Home {
  const folder = mkdtempSync(path.join(parent, 'conv-lab-socket-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return homePlaces(path.join(folder, name))
}

async function connected(home: Home): Promise<OwnerLink> {
  const link = await connectToOwner(home)
  if (link === null) throw new Error('nobody answers')
  onTestFinished(() => link.close())
  return link
}

describe('the socket of a home folder', () => {
  test('leads to its owner, and to nobody afterwards', async () => {
    const home = folderIn(tmpdir(), 'home')
    expect(await connectToOwner(home)).toBeNull()
    const { lab } = await openLab(home, 'browser')
    lab.setAddress('http://127.0.0.1:1/')
    const link = await connected(home)
    expect(await link.client.lab.status()).toMatchObject({
      home: home.folder,
      owner: { shell: 'browser', pid: process.pid, address: 'http://127.0.0.1:1/' },
    })
    await lab.close()
    expect(await connectToOwner(home)).toBeNull()
  })

  posixOnly('a pipe of Windows has no folder and no mode')('is for this user alone', async () => {
    const home = folderIn(tmpdir(), 'home')
    await openLab(home)
    const [{ path: socket, folder }] = socketPlaces(home.folder)
    expect(statSync(socket).mode & 0o777).toBe(0o600)
    expect(statSync(folder ?? '').mode & 0o777).toBe(0o700)
  })

  posixOnly('a pipe of Windows ends with its owner')('replaces the socket that a killed owner has left', async () => {
    const home = folderIn(tmpdir(), 'home')
    const [{ path: socket }] = socketPlaces(home.folder)
    mkdirSync(path.dirname(socket), { recursive: true, mode: 0o700 })
    writeFileSync(socket, '')
    await openLab(home)
    await connected(home)
  })

  test('leads to nobody where its owner hangs and never answers', async () => {
    const home = folderIn(tmpdir(), 'home')
    const [{ path: socket }] = socketPlaces(home.folder)
    mkdirSync(path.dirname(socket), { recursive: true, mode: 0o700 })
    const silent = createSilentServer(() => undefined).listen(socket)
    onTestFinished(() => void silent.close())
    await once(silent, 'listening')
    expect(await connectToOwner(home)).toBeNull()
  })

  test('has names that a URL would not bear', async () => {
    // Windows has no names with a colon or a question mark.
    const home = folderIn(tmpdir(), process.platform === 'win32' ? 'a folder; 50% #' : 'a folder: 50% ?#')
    await openLab(home)
    await connected(home)
  })

  posixOnly('the name of a pipe of Windows always fits')(
    'is elsewhere where the folder’s path is too long for one',
    async () => {
      const home = folderIn(tmpdir(), 'long'.repeat(40))
      const runtime = mkdtempSync(path.join(tmpdir(), 'conv-lab-runtime-'))
      onTestFinished(() => rmSync(runtime, { recursive: true, force: true }))
      vi.stubEnv('XDG_RUNTIME_DIR', runtime)
      onTestFinished(() => void vi.unstubAllEnvs())
      await openLab(home)
      expect(socketPlaces(home.folder).map((place) => place.folder)).toEqual([path.join(runtime, 'conv-lab')])
      await connected(home)
    },
  )

  posixOnly('the name of a pipe of Windows always fits')(
    'has no place where all paths are too long, and says which',
    () => {
      const long = path.join(tmpdir(), 'long'.repeat(40))
      const [near, far] = [homePlaces('/h'), homePlaces(long)]
      onTestFinished(() => void vi.unstubAllEnvs())
      vi.stubEnv('XDG_RUNTIME_DIR', '/r')
      expect(neededSocketPlaces(far.folder).map((place) => place.folder)).toEqual([path.join('/r', 'conv-lab')])
      vi.stubEnv('XDG_RUNTIME_DIR', '')
      vi.stubEnv('TMPDIR', long)
      expect(neededSocketPlaces(near.folder).map((place) => place.folder)).toEqual([path.join('/h', 'socket')])
      expect(() => neededSocketPlaces(far.folder)).toThrow(
        expect.objectContaining({
          problem: {
            code: 'socket-too-long',
            parameters: {
              home: long,
              beside: path.join(long, `conv-lab-${userInfo().uid}`),
              longest: expect.any(Number),
            },
          },
        }),
      )
    },
  )

  posixOnly('a pipe of Windows has no folder and no mode')(
    'is not trusted in a folder that others may enter',
    async () => {
      const home = folderIn(tmpdir(), 'home')
      const [{ path: socket, folder }] = socketPlaces(home.folder)
      mkdirSync(folder ?? '', { recursive: true, mode: 0o755 })
      const stranger = createServer()
      await new Promise<void>((resolve) => stranger.listen(socket, resolve))
      onTestFinished(() => void stranger.close())
      expect(await connectToOwner(home)).toBeNull()
    },
  )
})

describe('across the socket', () => {
  test('a second owner is told who the first is', async () => {
    const home = folderIn(tmpdir(), 'home')
    await openLab(home, 'browser')
    await expect(openLab(home)).rejects.toMatchObject({
      problem: {
        code: 'home-in-use',
        parameters: { home: home.folder, detail: phrase('owner-browser', { pid: String(process.pid) }) },
      },
    })
    await connected(home)
  })

  test('what the lab refuses, wrong input and the unexpected are problems', async () => {
    const home = folderIn(tmpdir(), 'home')
    const { lab } = await openLab(home)
    const { client } = await connected(home)
    await expect(client.runs.detail({ run: 9 })).rejects.toMatchObject({
      code: 'PROBLEM',
      defined: true,
      data: { code: 'run-unknown', parameters: { run: 9 } },
    })
    await expect(client.runs.detail({ run: 0 })).rejects.toMatchObject({
      code: 'PROBLEM',
      data: {
        code: 'bad-input',
        parameters: { detail: { phrase: 'setting-refused', parameters: { setting: 'run' } } },
      },
    })
    vi.spyOn(lab.history, 'runs').mockImplementation(() => {
      throw new TypeError('a mistake in the program')
    })
    const logged = vi.spyOn(lab.log, 'add')
    await expect(client.runs.list()).rejects.toMatchObject({
      code: 'PROBLEM',
      data: { code: 'internal', parameters: { detail: 'a mistake in the program' } },
    })
    expect(logged).toHaveBeenCalledWith('answering runs.list', expect.any(TypeError))
  })

  test('events come, and a client that has gone is no longer counted', async () => {
    const home = folderIn(tmpdir(), 'home')
    const { lab } = await openLab(home)
    const link = await connected(home)
    const events = await link.client.lab.events({ after: 0 })
    const first = events.next()
    await link.client.preferences.write({ language: 'ru', theme: 'dark' })
    expect(await first).toMatchObject({
      value: { kind: 'preferences', sequence: 1, preferences: { language: 'ru', theme: 'dark' } },
    })
    expect(lab.events.listeners).toBe(1)
    link.close()
    await lab.idle()
    await vi.waitFor(() => expect(lab.events.listeners).toBe(0))
  })

  test('a client that waits hears the end of the lab', async () => {
    const home = folderIn(tmpdir(), 'home')
    const { lab } = await openLab(home)
    const link = await connected(home)
    const events = await link.client.lab.events({ after: 0 })
    const next = events.next()
    await vi.waitFor(() => expect(lab.events.listeners).toBe(1))
    await lab.close()
    expect(await next).toMatchObject({ done: true })
    await vi.waitFor(() => expect(link.isOpen()).toBe(false))
  })
})

test('closing pauses the run that trains, as often as it is called', async () => {
  const home = await smallHome()
  const { lab } = await openLab(home)
  const { id } = lab.runs.start(smallRequest(lab, { goal: 100_000 }))
  await reached(lab, id, 2)
  const told = eventsUntil(lab, 0, (event) => event.kind === 'run' && event.run.state === 'paused')
  await Promise.all([lab.close(), lab.close()])
  expect((await told).at(-1)).toMatchObject({ run: { id, state: 'paused' } })
  const { lab: later } = await openLab(home)
  const run = later.runs.detail(id)
  expect(run).toMatchObject({ state: 'paused', checkpointStep: run.step })
})
