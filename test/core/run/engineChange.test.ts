import { describe, expect, it } from 'vitest'
import { computedSteps, mayDifferFrom } from '../../../core/run/engineChange.ts'
import type { EngineIdentity, Stretch } from '../../../core/run/run.ts'

const here: EngineIdentity = {
  tensorflow: '2.21.0',
  binding: '4.22.0',
  node: '24.21.0',
  processor: 'one',
  threads: 2,
  graphVersion: 2,
}
const at = '2026-11-24T10:00:00.000Z'
const stretch = (fromStep: number, toStep: number | null, change: Partial<EngineIdentity> = {}): Stretch => ({
  fromStep,
  toStep,
  engine: { ...here, ...change },
  computer: null,
  startedAt: at,
  endedAt: toStep === null ? null : at,
  ended: toStep === null ? null : 'paused',
})

describe('the step from which a run may differ', () => {
  it('is none while one engine computed all of it', () => {
    expect(mayDifferFrom([])).toBeNull()
    expect(mayDifferFrom([stretch(0, 10), stretch(10, 20), stretch(20, null)])).toBeNull()
  })

  it.each([
    { threads: 4 },
    { processor: 'another' },
    { tensorflow: '2.22.0' },
    { binding: '5.0.0' },
    { node: '26.0.0' },
    { graphVersion: 1 },
  ])('is the first that was computed with %o', (change) => {
    expect(mayDifferFrom([stretch(0, 10), stretch(10, 20, change), stretch(20, null)])).toBe(11)
  })

  it('is that of other instructions under one name, where both are known', () => {
    const named = (processor: string, next: string): number | null =>
      mayDifferFrom([stretch(0, 10, { processor }), stretch(10, 20, { processor: next })])
    expect(named('AMD EPYC (AVX-512)', 'AMD EPYC (AVX)')).toBe(11)
    expect(named('AMD EPYC', 'AMD EPYC (AVX)')).toBeNull()
    expect(named('AMD EPYC (AVX-512)', 'AMD EPYC')).toBeNull()
    expect(named('AMD EPYC', 'Intel Xeon (AVX)')).toBe(11)
  })

  it('is the one after which it never was the first engine again, also when that comes back', () => {
    expect(mayDifferFrom([stretch(0, 10), stretch(10, 20, { threads: 1 }), stretch(20, 30)])).toBe(11)
  })

  it('does not count what a run went back behind, or a stretch without a step', () => {
    expect(mayDifferFrom([stretch(0, 10), stretch(10, 20, { threads: 1 }), stretch(10, 30)])).toBeNull()
    expect(mayDifferFrom([stretch(0, 10), stretch(10, 10, { threads: 1 }), stretch(10, 30)])).toBeNull()
    expect(mayDifferFrom([stretch(0, 10, { threads: 1 }), stretch(0, 10)])).toBeNull()
  })
})

describe('what the steps of a run were computed on', () => {
  const on = (computer: string | null, fromStep: number, toStep: number | null): Stretch => ({
    ...stretch(fromStep, toStep),
    computer,
  })

  it('is told once for stretches of one engine on one computer', () => {
    expect(computedSteps([on('a', 0, 10), on('a', 8, 20), on(null, 20, null)])).toEqual([
      { fromStep: 0, toStep: 20, engine: here, computer: 'a' },
      { fromStep: 20, toStep: null, engine: here, computer: null },
    ])
  })

  it('leaves out steps that were computed again, and tells of other threads apart', () => {
    const again = { ...on('b', 8, 20), engine: { ...here, threads: 4 } }
    expect(computedSteps([on('a', 0, 10), on('b', 10, 15), again])).toEqual([
      { fromStep: 0, toStep: 8, engine: here, computer: 'a' },
      { fromStep: 8, toStep: 20, engine: again.engine, computer: 'b' },
    ])
  })
})
