import { isUndistorted } from '../../run/augmentation.ts'
import type { Detector } from '../hint.ts'
import { fewestSteps, lastQuarter, levelOf, mean, stepsOf } from '../levels.ts'

/** How far below the test accuracy the training accuracy must be. */
const far = 0.1

/** Training images that are distorted so much that the network gets more of the test images right. That is no fault. */
export const trainsBelowTest: Detector = (run) => {
  if (run.step < fewestSteps || isUndistorted(run.config.augmentation)) return null
  const train = levelOf(run.accuracy, run, lastQuarter)
  const tested = run.evaluations.filter(({ step }) => step > lastQuarter.from * run.step)
  if (train === null || tested.length === 0) return null
  const test = mean(tested.map(({ accuracy }) => accuracy))
  if (train > test - far) return null
  return {
    kind: 'trains-below-test',
    evidence: { ...stepsOf(run, lastQuarter), train, test },
    lesson: 'distortion',
    remedies: [],
  }
}
