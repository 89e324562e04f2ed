import { describe, expect, it } from 'vitest'
import { queueTime } from '../../renderer/text/queueTime.ts'
import { sampleRun } from './sampleRuns.ts'

/** A run of 1000 steps of 100 images at 500 images a second, with two evaluations of 10 s. */
const measured = sampleRun(
  1,
  { goal: 1000, evaluateEvery: 500 },
  { state: 'done', step: 1000, imagesPerSecond: 500, evaluationSeconds: 20 },
)
const alike = sampleRun(2, { goal: 2000, evaluateEvery: 500, seed: 7 }, { state: 'queued', queuePosition: 1 })
const other = sampleRun(3, { goal: 2000, batch: 20 }, { state: 'queued', queuePosition: 2 })

describe('the time of the queue', () => {
  it('is measured by runs of the same work, evaluations included', () => {
    const time = queueTime([alike], [alike, measured])
    expect(time.each.get(2)).toBe(2000 / 5 + 4 * 10)
    expect(time.seconds).toBe(440)
    expect(time.unknown).toEqual([])
  })

  it('is not guessed for a run like which none was measured', () => {
    const { seconds, each, unknown } = queueTime([alike, other], [other, alike, measured])
    expect(seconds).toBe(440)
    expect(each.get(3)).toBeNull()
    expect(unknown.map(({ id }) => id)).toEqual([3])
  })

  it('of a run that is continued is that of the steps that it still has', () => {
    const continued = {
      ...measured,
      id: 4,
      queuePosition: 1,
      checkpointStep: 1000,
      continuation: { goal: 2000, healthEvery: null },
    }
    expect(queueTime([continued], [continued, measured]).each.get(4)).toBe(1000 / 5 + 2 * 10)
  })

  it('has what is left of the run in training', () => {
    const training = sampleRun(4, { goal: 1000, evaluateEvery: 500 }, { step: 500, imagesPerSecond: 500 })
    expect(queueTime([], [training, measured]).seconds).toBe(100)
    const unmeasured = sampleRun(5)
    expect(queueTime([], [unmeasured]).unknown.map(({ id }) => id)).toEqual([5])
  })
})
