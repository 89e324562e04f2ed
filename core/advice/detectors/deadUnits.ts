import { silentWarning } from '../../health/health.ts'
import type { Detector } from '../hint.ts'
import { branchOrAnew, lowerRate } from '../remedies.ts'

/** Measurements in a row in which the units must be silent. */
const inARow = 2

/** A layer with many units that fire for no image of the fixed batch, and have not for some time. */
export const deadUnits: Detector = (run) => {
  const found = run.health
    .flatMap(({ layer, silent }) => {
      if (silent === null) return []
      const last = silent.value.slice(-inARow)
      const since = silent.step.at(-inARow) ?? 0
      // Before training, silence is the initial weights' doing.
      if (last.length < inARow || since === 0 || Math.min(...last) < silentWarning) return []
      const first = silent.value.findLastIndex((value) => value < silentWarning) + 1
      return [{ layer, silent: last[last.length - 1], from: silent.step[first] }]
    })
    .toSorted((one, other) => other.silent - one.silent)
  if (found.length === 0) return null
  const [{ from, ...worst }] = found
  return {
    kind: 'dead-units',
    evidence: { from, to: run.step, ...worst },
    lesson: 'activation',
    remedies: [branchOrAnew(run, Math.max(0, from - 1), { learningRate: lowerRate(run) })],
  }
}
