import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { heldRate, paceAt, Schedule } from '../../../core/run/schedule.ts'

const Pace = z.strictObject({ learningRate: z.number(), momentum: z.number().nullable() })
const Fixture = z.strictObject({
  source: z.string(),
  cases: z.array(z.strictObject({ schedule: Schedule, paces: z.array(Pace) })),
})
const { source, cases } = Fixture.parse(
  JSON.parse(readFileSync(new URL('../../data/pytorch/schedules.json', import.meta.url), 'utf8')),
)

const oneCycle: Schedule = {
  kind: 'one-cycle',
  learningRate: 0.4,
  warmUp: null,
  steps: 40,
  riseShare: 0.25,
  startDivisor: 25,
  endDivisor: 1e4,
  momentum: { min: 0.85, max: 0.95 },
}

describe(`a schedule gives for each of its steps what ${source} gives`, () => {
  it.each(cases)('$schedule', ({ schedule, paces }) => {
    paces.forEach((wanted, index) => {
      const { learningRate, momentum } = paceAt(schedule, index + 1)
      // PyTorch computes some rates from the one before, and so collects rounding.
      expect(Math.abs(learningRate / wanted.learningRate - 1)).toBeLessThan(1e-9)
      if (wanted.momentum === null) expect(momentum).toBeNull()
      else expect(momentum).toBeCloseTo(wanted.momentum, 12)
    })
  })

  it('for every kind', () => {
    expect(new Set(cases.map(({ schedule }) => schedule.kind))).toEqual(
      new Set(['constant', 'step', 'cosine', 'one-cycle']),
    )
  })
})

describe('a schedule', () => {
  it('holds its last rate and momentum past its length', () => {
    for (const { schedule, paces } of cases) {
      if (schedule.kind === 'constant') continue
      const last = paceAt(schedule, schedule.steps)
      expect(paces).toHaveLength(schedule.steps)
      expect(paceAt(schedule, schedule.steps + 1)).toEqual(last)
      expect(paceAt(schedule, schedule.steps * 10)).toEqual(last)
    }
  })

  it('is a finite number above 0 in every step, however short it is', () => {
    for (const steps of [1, 2, 3, 4, 5]) {
      for (const riseShare of [0, 0.25, 0.5, 0.9]) {
        for (let step = 1; step <= steps; step += 1) {
          const { learningRate, momentum } = paceAt({ ...oneCycle, steps, riseShare }, step)
          expect(learningRate).toBeGreaterThan(0)
          expect(learningRate).toBeLessThanOrEqual(0.4)
          expect(momentum).toBeGreaterThanOrEqual(0.85 - 1e-12)
          expect(momentum).toBeLessThanOrEqual(0.95 + 1e-12)
        }
      }
    }
  })

  it('of one cycle can be warmed up too: it begins after the warm-up and is as much shorter', () => {
    const warmed: Schedule = { ...oneCycle, warmUp: { steps: 10, startFactor: 0.5 } }
    const rest: Schedule = { ...oneCycle, steps: 30 }
    const first = paceAt(rest, 1)
    expect(paceAt(warmed, 1)).toEqual({ learningRate: first.learningRate / 2, momentum: first.momentum })
    expect(paceAt(warmed, 6).learningRate).toBeCloseTo(first.learningRate * 0.75, 12)
    for (const step of [1, 8, 30]) expect(paceAt(warmed, step + 10)).toEqual(paceAt(rest, step))
  })

  it('is refused when its warm-up is as long as it is, or its cosine ends above its beginning', () => {
    expect(Schedule.safeParse({ ...oneCycle, warmUp: { steps: 39, startFactor: 0.5 } }).success).toBe(true)
    expect(Schedule.safeParse({ ...oneCycle, warmUp: { steps: 40, startFactor: 0.5 } }).success).toBe(false)
    const cosine = { kind: 'cosine', learningRate: 0.1, warmUp: null, steps: 10, endLearningRate: 0.1 }
    expect(Schedule.safeParse(cosine).success).toBe(true)
    expect(Schedule.safeParse({ ...cosine, endLearningRate: 0.2 }).success).toBe(false)
  })
})

describe('a run past the end of its schedule', () => {
  const cosine: Schedule = { kind: 'cosine', learningRate: 0.1, warmUp: null, steps: 10, endLearningRate: 0 }
  const step: Schedule = { kind: 'step', learningRate: 0.1, warmUp: null, steps: 30, every: 10, factor: 0.1 }

  it.each([
    ['a cosine', cosine, 11],
    ['steps', step, 60],
    ['one cycle', oneCycle, 41],
  ])('goes on at the last rate of %s', (_what, schedule, goal) => {
    const held = heldRate(schedule, goal)
    expect(held?.learningRate).toBe(paceAt(schedule, goal).learningRate)
    expect(held?.from).toBe(goal === 11 ? 10 : goal === 60 ? 30 : 40)
  })

  it('is none where the schedule is as long, or has no end', () => {
    expect(heldRate(cosine, 10)).toBeNull()
    expect(heldRate({ kind: 'constant', learningRate: 0.1, warmUp: null }, 1_000_000)).toBeNull()
  })
})
