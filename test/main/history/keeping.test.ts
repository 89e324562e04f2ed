import { describe, expect, test } from 'vitest'
import { spreadOver, stepsToGiveUp } from '../../../main/history/keeping.ts'

function everyThousand(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index * 1000)
}

function kept(steps: readonly number[], best: number | null): number[] {
  const given = stepsToGiveUp(steps, best)
  return steps.filter((step) => !given.includes(step))
}

describe('the keeping rule', () => {
  test('gives nothing up while there are few', () => {
    expect(stepsToGiveUp([], null)).toEqual([])
    expect(stepsToGiveUp(everyThousand(spreadOver), 3000)).toEqual([])
  })

  test.each([21, 50, 101, 1000])(
    'keeps the first, the best, the newest two, and up to 20 over the run (%i checkpoints)',
    (count) => {
      const steps = everyThousand(count)
      const best = 13_000
      const stays = kept(steps, best)
      expect(stays).toEqual(expect.arrayContaining([0, best, ...steps.slice(-2)]))
      expect(stays.length).toBeLessThanOrEqual(spreadOver + 3)
      // Spread: no hole is wider than a sixth of the run.
      const widest = Math.max(...stays.slice(1).map((step, index) => step - stays[index]))
      expect(widest).toBeLessThanOrEqual(Math.max(2000, (count * 1000) / 6))
    },
  )

  test('a best evaluation without a checkpoint changes nothing', () => {
    expect(stepsToGiveUp(everyThousand(60), 13_500)).toEqual(stepsToGiveUp(everyThousand(60), null))
  })

  test('thinning out as a run goes keeps all that thinning out at its end would, and never more than 23', () => {
    let asItGoes: number[] = []
    for (const step of everyThousand(300)) {
      asItGoes = kept([...asItGoes, step], null)
      expect(asItGoes.length).toBeLessThanOrEqual(spreadOver + 3)
    }
    expect(asItGoes).toEqual(expect.arrayContaining(kept(everyThousand(300), null)))
  })

  test('steps that are close together do not crowd out the others', () => {
    const close = Array.from({ length: 40 }, (_, index) => 50_000 + index)
    expect(kept([...everyThousand(10), ...close], null)).toEqual([0, 5000, 9000, 50_000, 50_038, 50_039])
  })
})
