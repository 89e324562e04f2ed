import { afterEach, describe, expect, it } from 'vitest'
import type { RunRequest, RunSummary } from '../../core/run/run.ts'
import { RunControl } from '../../renderer/state/runControl.svelte.ts'
import { Answers, calls, connected, LabEnd, refusal, settled, until } from './labEnd.ts'
import { sampleRun } from './sampleRuns.ts'

const pauses = new Answers<{ run: number }, RunSummary>()
const stops = new Answers<{ run: number }, RunSummary>()
const resumes = new Answers<{ run: number; goal?: number | undefined }, RunSummary>()
const continuations = new Answers<{ run: number; goal?: number | undefined }, RunSummary>()
const starts = new Answers<RunRequest, RunSummary>()
const additions = new Answers<RunRequest, RunSummary>()

const end = new LabEnd({
  runs: {
    pause: calls.runs.pause.handler(pauses.take),
    stop: calls.runs.stop.handler(stops.take),
    resume: calls.runs.resume.handler(resumes.take),
    start: calls.runs.start.handler(starts.take),
  },
  queue: { add: calls.queue.add.handler(additions.take), resume: calls.queue.resume.handler(continuations.take) },
})
const control = new RunControl(await connected(end))
const { preset, config, goal, evaluateEvery, patience } = sampleRun(1)
const request: RunRequest = { preset, config, goal, evaluateEvery, patience }

afterEach(() => {
  for (const answers of [pauses, stops, resumes, continuations, starts, additions]) answers.forget()
})

describe('requests about runs', () => {
  it('keeps a request under way when another is answered', async () => {
    const paused = control.pause(1)
    const added = control.enqueue(request)
    await until(() => pauses.asked.length === 1 && additions.asked.length === 1)
    expect([control.pendingFor(1), control.pendingFor(null)]).toEqual(['pause', 'start'])
    pauses.give(0, sampleRun(1))
    await paused
    expect([control.pendingFor(1), control.pendingFor(null)]).toEqual([null, 'start'])
    additions.give(0, sampleRun(2))
    expect(await added).toBe(true)
    expect(control.pendingFor(null)).toBeNull()
  })

  it('does not add a run twice while the first request is under way', async () => {
    const paused = control.pause(1)
    const added = control.enqueue(request)
    await until(() => pauses.asked.length === 1 && additions.asked.length === 1)
    pauses.give(0, sampleRun(1))
    await paused
    expect(await control.enqueue(request)).toBe(false)
    await settled()
    expect(additions.asked).toHaveLength(1)
    additions.give(0, sampleRun(2))
    await added
  })

  it('says why a request was refused at its own run alone', async () => {
    const resumed = control.resume(7)
    const stopped = control.stop(1)
    await until(() => resumes.asked.length === 1 && stops.asked.length === 1)
    resumes.refuse(0)
    expect(await resumed).toBe(false)
    expect(control.problemFor(7)).toEqual(refusal.problem)
    expect(control.problemFor(1)).toBeNull()
    stops.give(0, sampleRun(1))
    await stopped
    expect(control.problemFor(7)).toEqual(refusal.problem)
  })

  it('forgets a refusal when the same run is asked again', async () => {
    const refused = control.resume(7)
    await until(() => resumes.asked.length === 1)
    resumes.refuse(0)
    await refused
    const again = control.resume(7, 5000)
    expect(control.problemFor(7)).toBeNull()
    await until(() => resumes.asked.length === 2)
    expect(resumes.asked[1]).toEqual({ run: 7, goal: 5000 })
    resumes.give(1, sampleRun(7))
    expect(await again).toBe(true)
  })

  it('queues a run to be continued, and is busy with it alone', async () => {
    const later = control.resumeLater(7, 5000)
    await until(() => continuations.asked.length === 1)
    expect([control.pendingFor(7), control.pendingFor(1)]).toEqual(['resumeLater', null])
    expect(continuations.asked).toEqual([{ run: 7, goal: 5000 }])
    continuations.give(0, sampleRun(7))
    expect(await later).toBe(true)
  })

  it('says that the connection is lost where it is', async () => {
    end.end()
    await settled()
    await control.pause(1)
    expect(control.problemFor(1)?.code).toBe('link-lost')
  })
})
