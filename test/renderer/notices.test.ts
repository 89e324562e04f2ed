import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Preferences } from '../../core/contract/windowContract.ts'
import { usualPreferences } from '../../core/contract/windowContract.ts'
import type { RunSummary } from '../../core/run/run.ts'
import type { LabNews } from '../../renderer/state/lab.svelte.ts'
import type { Notices } from '../../renderer/state/notices.svelte.ts'
import type { SystemNotices } from '../../renderer/state/systemNotices.ts'
import type { LabView } from '../../renderer/state/view.ts'
import { formatsFor } from '../../renderer/text/formats.ts'
import { sampleRun, sampleView } from './sampleRuns.ts'

/** A window that nobody looks at unless the test says so, with a system that keeps what it was told to show. */
class Watched {
  view: LabView = sampleView([])
  chosen: Preferences = { ...usualPreferences, notices: 'on' }
  permission: NotificationPermission | 'unsupported' = 'granted'
  answer: NotificationPermission = 'granted'
  asked = 0
  looked: number | null = null
  readonly shown: { title: string; body: string; tag: string }[] = []
  #hear: (news: LabNews) => void = () => undefined

  readonly system: SystemNotices = {
    permission: () => this.permission,
    ask: async () => {
      this.asked += 1
      return this.answer
    },
    show: (title, { body, tag }) => void this.shown.push({ title, body, tag }),
  }

  readonly appearance = {
    format: formatsFor('en'),
    language: 'en' as const,
    get chosen(): Preferences {
      return usualPreferences
    },
    choose: async (change: Partial<Preferences>) => {
      this.chosen = { ...this.chosen, ...change }
    },
  }

  constructor() {
    Object.defineProperty(this.appearance, 'chosen', { get: () => this.chosen })
  }

  async notices(): Promise<Notices> {
    const { Notices } = await import('../../renderer/state/notices.svelte.ts')
    const lab = {
      listen: (listener: (news: LabNews) => void) => {
        this.#hear = listener
        return () => undefined
      },
    }
    Object.defineProperty(lab, 'view', { get: () => this.view })
    return new Notices(
      lab as typeof lab & { view: LabView },
      this.appearance,
      this.system,
      (run) => run === this.looked,
    )
  }

  /** The lab says that a run is as it is now. */
  tell(run: RunSummary): void {
    this.view = { ...this.view, runs: [...this.view.runs.filter(({ id }) => id !== run.id), run] }
    this.#hear({ kind: 'run', sequence: 1, run })
  }
}

let watched: Watched

beforeAll(() => {
  const query = { matches: false, addEventListener: () => undefined, removeEventListener: () => undefined }
  vi.stubGlobal('window', { matchMedia: () => query, location: { hash: '' }, addEventListener: () => undefined })
  vi.stubGlobal('navigator', { languages: ['en'] })
})
beforeEach(() => {
  watched = new Watched()
})
afterAll(() => vi.unstubAllGlobals())

describe('a notice of the system', () => {
  it('comes when a run has ended by itself, once', async () => {
    const notices = await watched.notices()
    watched.tell(sampleRun(7))
    watched.tell(sampleRun(7, {}, { state: 'done' }))
    watched.tell(sampleRun(7, {}, { state: 'done' }))
    expect(watched.shown).toEqual([{ title: 'Run 7 is done', body: 'Shapes', tag: 'run-7' }])
    expect(notices.unseen?.id).toBe(7)
  })

  it('does not come of what a person did, of old runs, or where the run is being looked at', async () => {
    const notices = await watched.notices()
    watched.tell(sampleRun(3, {}, { state: 'done' }))
    watched.tell(sampleRun(7))
    watched.tell(sampleRun(7, {}, { state: 'paused' }))
    watched.looked = 8
    watched.tell(sampleRun(8))
    watched.tell(sampleRun(8, {}, { state: 'done' }))
    expect(watched.shown).toEqual([])
    expect(notices.unseen).toBeNull()
  })

  it('does not come unless it was asked for, though the title still says what happened', async () => {
    watched.chosen = { ...usualPreferences, notices: 'off' }
    const notices = await watched.notices()
    watched.tell(sampleRun(7))
    watched.tell(sampleRun(7, {}, { state: 'failed' }))
    expect(watched.shown).toEqual([])
    expect(notices.unseen?.id).toBe(7)
    watched.looked = 7
    notices.look()
    expect(notices.unseen).toBeNull()
  })
})

describe('asking for notices', () => {
  it('is done once, and a refusal of the browser is said', async () => {
    watched = new Watched()
    watched.chosen = usualPreferences
    watched.permission = 'default'
    watched.answer = 'denied'
    const notices = await watched.notices()
    expect(notices.isUnasked).toBe(true)
    await notices.choose(true)
    expect(watched.asked).toBe(1)
    expect([notices.isUnasked, notices.isOn, notices.obstacle]).toEqual([false, true, 'blocked'])
    await notices.choose(false)
    expect(watched.asked).toBe(1)
    expect(watched.chosen.notices).toBe('off')
  })

  it('is not done where there are none', async () => {
    watched.chosen = usualPreferences
    watched.permission = 'unsupported'
    const notices = await watched.notices()
    await notices.choose(true)
    expect([notices.isUnasked, notices.isOn, notices.obstacle, watched.asked]).toEqual([false, false, 'unsupported', 0])
  })
})
