import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { LabEvent } from '../../core/contract/windowContract.ts'
import { phrase } from '../../core/words/phrases.ts'
import { problem } from '../../core/words/problems.ts'
import { LabConnection, type LabNews } from '../../renderer/state/lab.svelte.ts'
import type { RunSummary } from '../../core/run/run.ts'
import type { Whereabouts } from '../../renderer/state/link.ts'
import { Answers, calls, deferred, LabEnd, refusal, settled, until } from './labEnd.ts'
import { sampleRun, sampleView } from './sampleRuns.ts'

const ends: LabEnd[] = []

/** A lab that connects to this end, and the news that it reports. */
function connecting(end: LabEnd): { readonly lab: LabConnection; readonly news: LabNews[] } {
  ends.push(end)
  const lab = new LabConnection(end.open)
  const news: LabNews[] = []
  lab.listen((one) => news.push(one))
  void lab.stayConnected()
  return { lab, news }
}

async function open(end: LabEnd): Promise<ReturnType<typeof connecting>> {
  const opened = connecting(end)
  await until(() => end.followed.length === 1)
  return opened
}

function phase(sequence: number, of: 'training' | 'evaluating' = 'evaluating', run = 1): LabEvent {
  return { kind: 'phase', sequence, run, phase: of }
}

// Only pauses are faked: messages across the port take real time.
beforeEach(() => vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }))

afterEach(() => {
  for (const end of ends.splice(0)) end.end()
  vi.useRealTimers()
})

describe('what a window knows of the lab', () => {
  it('is read once, and then follows the events from the number that was read', async () => {
    const end = new LabEnd()
    end.view = sampleView([sampleRun(1)], 41)
    const { lab, news } = await open(end)
    expect(lab.state).toBe('open')
    expect(lab.view).toEqual(end.view)
    expect(end.followed).toEqual([41])
    end.send(phase(42))
    await until(() => news.length === 2)
    expect(news.map(({ kind }) => kind)).toEqual(['reread', 'phase'])
    expect(lab.view?.runs.at(0)?.phase).toBe('evaluating')
    expect(lab.view?.status.sequence).toBe(42)
  })

  it('has each event once and in order, whatever comes twice', async () => {
    const end = new LabEnd()
    end.view = sampleView([sampleRun(1)], 41)
    const { lab, news } = await open(end)
    end.send(phase(41, 'training'))
    end.send(phase(42))
    end.send(phase(42, 'training'))
    end.send(phase(43, 'training'))
    end.send(phase(42))
    end.send({ kind: 'cancelled', sequence: 44, run: 9 })
    await until(() => news.at(-1)?.kind === 'cancelled')
    expect(news.map((one) => ('sequence' in one ? one.sequence : one.kind))).toEqual(['reread', 42, 43, 44])
    expect(lab.view?.runs.at(0)?.phase).toBe('training')
  })

  it('is read anew where events were missed', async () => {
    const end = new LabEnd()
    const { lab, news } = await open(end)
    end.view = sampleView([sampleRun(5)], 90)
    end.send({ kind: 'reset', sequence: 90 })
    await until(() => news.length === 2)
    end.send(phase(90, 'evaluating', 5))
    end.send(phase(91, 'evaluating', 5))
    await until(() => news.length === 3)
    expect(news.map(({ kind }) => kind)).toEqual(['reread', 'reread', 'phase'])
    expect(lab.view?.runs.map(({ id }) => id)).toEqual([5])
    expect(lab.view?.status.sequence).toBe(91)
    expect(end.opened).toBe(1)
  })

  it('says where the lab is while the connection is lost, and forgets it once it is there again', async () => {
    const end = new LabEnd()
    ends.push(end)
    let where: Whereabouts = 'ended'
    const lab = new LabConnection(end.open, () => Promise.resolve(where))
    void lab.stayConnected()
    await until(() => end.followed.length === 1)
    expect(lab.whereabouts).toBe('there')
    end.refuses = true
    end.breakOff()
    await until(() => lab.whereabouts === 'ended')
    expect(lab.state).toBe('lost')
    where = 'refused'
    await vi.advanceTimersByTimeAsync(300)
    await until(() => lab.whereabouts === 'refused')
    end.refuses = false
    await vi.advanceTimersByTimeAsync(5000)
    await until(() => lab.state === 'open')
    expect(lab.whereabouts).toBe('there')
  })

  it('keeps why it ended by itself, until there is a lab again', async () => {
    const end = new LabEnd()
    end.view = sampleView([sampleRun(1)], 41)
    const { lab } = await open(end)
    const taken = problem('home-taken', { home: '/home', detail: phrase('owner-on-computer', { host: 'desk-8' }) })
    end.send({ kind: 'taken', sequence: 42, problem: taken })
    await until(() => lab.taken !== null)
    end.breakOff()
    await until(() => lab.state === 'lost')
    expect(lab.taken).toEqual(taken)
    await vi.advanceTimersByTimeAsync(300)
    await until(() => lab.state === 'open')
    expect(lab.taken).toBeNull()
  })

  it('stays in view while the connection is lost, and is read anew on the next one', async () => {
    const end = new LabEnd()
    end.view = sampleView([sampleRun(1)], 41)
    const { lab, news } = await open(end)
    end.breakOff()
    await until(() => lab.state === 'lost')
    expect(lab.view?.runs).toHaveLength(1)
    expect(lab.problem).toBeNull()
    end.view = sampleView([sampleRun(2), sampleRun(1)], 7)
    await vi.advanceTimersByTimeAsync(300)
    await until(() => end.followed.length === 2)
    expect(lab.state).toBe('open')
    expect(lab.view?.runs).toHaveLength(2)
    expect(end.followed).toEqual([41, 7])
    expect(news.map(({ kind }) => kind)).toEqual(['reread', 'reread'])
  })

  it('is not taken from a connection that dies in the middle of the reading', async () => {
    const end = new LabEnd()
    const held = deferred<never[]>()
    let asked = 0
    end.readRuns = () => {
      asked += 1
      return held.promise
    }
    const { lab, news } = connecting(end)
    await until(() => asked === 1)
    end.breakOff()
    await until(() => lab.state === 'lost')
    expect([lab.view, lab.problem]).toEqual([null, null])
    end.readRuns = () => Promise.resolve([])
    held.resolve([])
    await settled()
    expect(lab.view).toBeNull()
    await vi.advanceTimersByTimeAsync(300)
    await until(() => end.followed.length === 1)
    expect(lab.view).not.toBeNull()
    expect(news.map(({ kind }) => kind)).toEqual(['reread'])
  })

  it('says why it cannot be read although the lab answers, until it can', async () => {
    const end = new LabEnd()
    end.readRuns = () => Promise.reject(refusal)
    const { lab } = connecting(end)
    await until(() => lab.state === 'lost')
    expect(lab.problem).toEqual(refusal.problem)
    end.readRuns = () => Promise.resolve([])
    await vi.advanceTimersByTimeAsync(300)
    await until(() => end.followed.length === 1)
    expect([lab.state, lab.problem]).toEqual(['open', null])
  })

  it('is heard no more by who has stopped listening', async () => {
    const end = new LabEnd()
    const { lab, news } = await open(end)
    const heard: LabNews[] = []
    const stop = lab.listen((one) => heard.push(one))
    end.send(phase(11))
    await until(() => news.length === 2)
    stop()
    end.send(phase(12))
    await until(() => news.length === 3)
    expect(heard).toEqual([phase(11)])
  })
})

describe('a run that is not among those that were read', () => {
  /** A lab whose list has run 9 alone, and that has run 1 too; `asked` are the runs that were asked for. */
  function endWithOld(change: Partial<RunSummary> = {}): { end: LabEnd; asked: (readonly number[])[] } {
    const asked: (readonly number[])[] = []
    const end = new LabEnd({
      runs: {
        some: calls.runs.some.handler(({ input }) => {
          asked.push(input.runs)
          return input.runs.includes(1) ? [sampleRun(1, {}, change)] : []
        }),
      },
    })
    end.view = sampleView([sampleRun(9)], 41)
    return { end, asked }
  }

  it('is read when it is needed, once, and follows the events then', async () => {
    const { end, asked } = endWithOld()
    const { lab } = await open(end)
    expect([lab.waitsFor(1), lab.waitsFor(9), lab.waitsFor(null)]).toEqual([true, false, false])
    await lab.need([1, 9])
    await lab.need([1])
    expect(asked).toEqual([[1]])
    expect([lab.view?.runs.map(({ id }) => id), lab.waitsFor(1)]).toEqual([[9, 1], false])
    end.send(phase(42))
    await until(() => lab.view?.status.sequence === 42)
    expect(lab.view?.runs[1].phase).toBe('evaluating')
  })

  it('is read again with everything else after the connection was lost', async () => {
    const { end, asked } = endWithOld()
    const { lab } = await open(end)
    await lab.need([1])
    end.breakOff()
    await until(() => lab.state === 'lost')
    await vi.advanceTimersByTimeAsync(300)
    await until(() => end.followed.length === 2)
    expect(lab.view?.runs.map(({ id }) => id)).toEqual([9, 1])
    expect(asked).toEqual([[1], [1]])
  })

  it('that does not exist is asked for once, and waited for no longer', async () => {
    const { end, asked } = endWithOld()
    const { lab } = await open(end)
    await lab.need([7])
    await lab.need([7])
    expect([asked, lab.waitsFor(7)]).toEqual([[[7]], false])
  })

  it('is asked for again where something happened to it meanwhile', async () => {
    const held = new Answers<{ runs: number[] }, RunSummary[]>()
    const end = new LabEnd({ runs: { some: calls.runs.some.handler(held.take) } })
    end.view = sampleView([sampleRun(9)], 41)
    const { lab, news } = await open(end)
    const needed = lab.need([1])
    await until(() => held.asked.length === 1)
    end.send(phase(42))
    await until(() => news.length === 2)
    held.give(0, [sampleRun(1)])
    await until(() => held.asked.length === 2)
    held.give(1, [sampleRun(1, {}, { phase: 'evaluating' })])
    await needed
    expect(lab.view?.runs[1].phase).toBe('evaluating')
  })
})

describe('the pauses between connections', () => {
  it('double from 0.3 to 5 seconds while none is made', async () => {
    const end = new LabEnd()
    end.refuses = true
    const { lab } = connecting(end)
    await until(() => lab.state === 'lost')
    for (const [place, pause] of [300, 600, 1200, 2400, 4800, 5000, 5000].entries()) {
      await vi.advanceTimersByTimeAsync(pause - 1)
      expect(end.opened).toBe(place + 1)
      await vi.advanceTimersByTimeAsync(1)
      expect(end.opened).toBe(place + 2)
    }
  })

  it('begin anew after a connection that was of use', async () => {
    const end = new LabEnd()
    end.refuses = true
    const { lab } = connecting(end)
    await until(() => lab.state === 'lost')
    await vi.advanceTimersByTimeAsync(300 + 600)
    end.refuses = false
    await vi.advanceTimersByTimeAsync(1200)
    await until(() => end.followed.length === 1)
    end.breakOff()
    await until(() => lab.state === 'lost')
    const { opened } = end
    await vi.advanceTimersByTimeAsync(299)
    expect(end.opened).toBe(opened)
    await vi.advanceTimersByTimeAsync(1)
    expect(end.opened).toBe(opened + 1)
  })

  it('grow on while the lab answers but cannot be read', async () => {
    const end = new LabEnd()
    end.readRuns = () => Promise.reject(refusal)
    connecting(end)
    await settled()
    await vi.advanceTimersByTimeAsync(300)
    await settled()
    expect(end.opened).toBe(2)
    await vi.advanceTimersByTimeAsync(599)
    expect(end.opened).toBe(2)
    await vi.advanceTimersByTimeAsync(1)
    expect(end.opened).toBe(3)
  })
})

describe('a call', () => {
  it('is a lost link before the first connection and after the last', async () => {
    const end = new LabEnd()
    const before = await new LabConnection(end.open).ask((client) => client.lab.status())
    expect(before).toMatchObject({ ok: false, problem: { code: 'link-lost' } })
    const { lab } = await open(end)
    expect(await lab.ask((client) => client.lab.status())).toEqual({ ok: true, value: end.view.status })
    end.breakOff()
    await until(() => lab.state === 'lost')
    expect(await lab.ask((client) => client.lab.status())).toMatchObject({ problem: { code: 'link-lost' } })
  })

  it('is a lost link where the connection breaks off before the answer', async () => {
    const end = new LabEnd()
    const { lab } = await open(end)
    const held = deferred<never[]>()
    let asked = 0
    end.readRuns = () => {
      asked += 1
      return held.promise
    }
    const answer = lab.ask((client) => client.runs.list())
    await until(() => asked === 1)
    end.breakOff()
    expect(await answer).toMatchObject({ ok: false, problem: { code: 'link-lost' } })
  })

  it('is a problem of its own where it was refused, and unexpected where it failed', async () => {
    const end = new LabEnd()
    const { lab } = await open(end)
    end.readRuns = () => Promise.reject(refusal)
    expect(await lab.ask((client) => client.runs.list())).toEqual({ ok: false, problem: refusal.problem })
    end.readRuns = () => Promise.reject(new Error('a disk on fire'))
    expect(await lab.ask((client) => client.runs.list())).toMatchObject({ ok: false, problem: { code: 'internal' } })
  })
})
