import { requestFor } from '../../../core/run/presets.ts'
import { SweepPlan, type SweepAxis } from '../../../core/sweep/sweepPlan.ts'
import { smallCard } from '../../main/smallHome.ts'

/** A list of values of a setting. */
export function listed(setting: string, ...list: (string | number | boolean)[]): SweepAxis {
  return { setting, values: { kind: 'list', list } }
}

/** A plan over a run of 900 steps of the lab's network, with some of it changed. */
export function samplePlan(change: Partial<SweepPlan> = {}): SweepPlan {
  return SweepPlan.parse({
    format: 1,
    base: requestFor('seed', smallCard, { sha256: 'a'.repeat(64) }, { goal: 900, batch: 20 }),
    axes: [listed('rate', 1e-4, 1e-3), listed('batch', 10, 20, 50)],
    points: { kind: 'grid' },
    seeds: 1,
    seed: 1,
    halving: null,
    budget: { minutes: null, runs: null },
    ...change,
  })
}
