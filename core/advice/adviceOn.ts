import { deadUnits } from './detectors/deadUnits.ts'
import { endedImproving } from './detectors/endedImproving.ts'
import { fewStepsAnEpoch } from './detectors/fewStepsAnEpoch.ts'
import { lossAtChance } from './detectors/lossAtChance.ts'
import { overfitting } from './detectors/overfitting.ts'
import { plateau } from './detectors/plateau.ts'
import { rateTooHigh } from './detectors/rateTooHigh.ts'
import { sawTooth } from './detectors/sawTooth.ts'
import { testDuplicates } from './detectors/testDuplicates.ts'
import { trainsBelowTest } from './detectors/trainsBelowTest.ts'
import { unequalClasses } from './detectors/unequalClasses.ts'
import { vanishedGradient } from './detectors/vanishedGradient.ts'
import type { Detector, Hint } from './hint.ts'
import type { HintKind } from './hintKind.ts'
import type { ObservedRun } from './observedRun.ts'

/** All detectors, what spoils a run most first. */
const detectors: readonly Detector[] = [
  rateTooHigh,
  vanishedGradient,
  lossAtChance,
  deadUnits,
  sawTooth,
  overfitting,
  plateau,
  endedImproving,
  testDuplicates,
  unequalClasses,
  fewStepsAnEpoch,
  trainsBelowTest,
]

/** What follows from something else that was noticed, and is not said beside it. */
const consequences: Partial<Record<HintKind, readonly HintKind[]>> = {
  'rate-too-high': ['loss-at-chance', 'vanished-gradient', 'saw-tooth', 'plateau', 'ended-improving'],
  'dead-units': ['vanished-gradient'],
}

/** Everything that is noticed about a run, what spoils it most first; empty for a sound run. */
export function adviceOn(run: ObservedRun): Hint[] {
  const hints = detectors.map((detect) => detect(run)).filter((hint) => hint !== null)
  const followed = new Set(hints.flatMap(({ kind }) => consequences[kind] ?? []))
  return hints.filter(({ kind }) => !followed.has(kind))
}
