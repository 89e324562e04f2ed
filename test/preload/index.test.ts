import { beforeEach, describe, expect, test, vi } from 'vitest'
import { askForPort, placeOfFile, portMessage } from '../../core/contract/windowLink.ts'

interface Sent {
  readonly message: unknown
  readonly to: string | null
  readonly ports: readonly MessagePortLike[]
}

interface MessagePortLike {
  postMessage(message: unknown): void
  addEventListener(kind: 'message', listener: (event: { data: unknown }) => void): void
  start(): void
  close(): void
}

const toMain: Sent[] = []
const exposed = new Map<string, (file: File) => string>()
vi.mock('electron', () => ({
  contextBridge: { exposeInMainWorld: (name: string, given: (file: File) => string) => exposed.set(name, given) },
  webUtils: { getPathForFile: (file: File) => `/home/student/${file.name}` },
  ipcRenderer: {
    postMessage: (channel: string, message: unknown, ports: MessagePortLike[]) =>
      toMain.push({ message: [channel, message], to: null, ports }),
  },
}))

/** The page around the preload script: what it hears and what it posts. */
class PageDouble {
  readonly location = { origin: 'lab://app' }
  readonly posted: Sent[] = []
  #listener: ((event: { source: unknown; origin: string; data: unknown }) => void) | null = null

  addEventListener(
    _kind: 'message',
    listener: (event: { source: unknown; origin: string; data: unknown }) => void,
  ): void {
    this.#listener = listener
  }

  postMessage(message: unknown, to: string, ports: MessagePortLike[]): void {
    this.posted.push({ message, to, ports })
  }

  hear(event: { source?: unknown; origin?: string; data?: unknown }): void {
    this.#listener?.({ source: this, origin: this.location.origin, data: askForPort, ...event })
  }
}

let page = new PageDouble()

beforeEach(async () => {
  toMain.length = 0
  exposed.clear()
  page = new PageDouble()
  vi.stubGlobal('window', page)
  vi.resetModules()
  await import('../../preload/index.ts')
})

describe('the preload script', () => {
  test('gives the page that asks one end of a port and the main process the other', async () => {
    page.hear({})
    expect(page.posted).toMatchObject([{ message: portMessage, to: 'lab://app' }])
    expect(toMain).toMatchObject([{ message: [portMessage, null] }])
    const [pageEnd, mainEnd] = [page.posted[0]?.ports[0], toMain[0]?.ports[0]]
    const heard = new Promise((resolve) => {
      mainEnd?.addEventListener('message', (event) => resolve(event.data))
      mainEnd?.start()
    })
    pageEnd?.postMessage('a call')
    expect(await heard).toBe('a call')
    pageEnd?.close()
  })

  test('gives a page that asks again a new port', () => {
    page.hear({})
    page.hear({})
    expect(page.posted).toHaveLength(2)
    expect(page.posted[0]?.ports[0]).not.toBe(page.posted[1]?.ports[0])
    for (const { ports } of page.posted) ports[0]?.close()
  })

  test.each([
    ['another window', { source: {} }],
    ['another origin', { origin: 'https://example.org' }],
    ['another question', { data: 'conv-lab:everything' }],
  ])('gives nothing to %s', (_name, event) => {
    page.hear(event)
    expect([page.posted, toMain]).toEqual([[], []])
  })

  test('puts one function into the page, which says where a given file lies', () => {
    expect([...exposed.keys()]).toEqual([placeOfFile])
    expect(exposed.get(placeOfFile)?.(new File([], 'cats.zip'))).toBe('/home/student/cats.zip')
    const before = Object.keys(page)
    page.hear({})
    expect(Object.keys(page)).toEqual(before)
    for (const { ports } of page.posted) ports[0]?.close()
  })
})
