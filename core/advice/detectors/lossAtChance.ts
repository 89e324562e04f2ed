import type { Detector, Remedy } from '../hint.ts'
import { chanceAccuracy, chanceLoss, fewestSteps, lastQuarter, levelOf, stepsOf } from '../levels.ts'
import type { ObservedRun } from '../observedRun.ts'
import { lowerRate, usualRate } from '../remedies.ts'

/** How near the loss of chance is near. */
const near = 0.97

/** How many times the accuracy of chance may be reached by luck. */
const lucky = 1.5

function remedyFor(run: ObservedRun): Remedy {
  const { learningRate } = run.config.schedule
  if (learningRate < usualRate(run) / 10) return { kind: 'anew', changes: { learningRate: usualRate(run) } }
  const saturates = run.config.model.layers.some(
    (layer) => layer.kind === 'activation' && (layer.function.kind === 'sigmoid' || layer.function.kind === 'tanh'),
  )
  if (saturates) return { kind: 'anew', changes: { activation: 'relu' } }
  return { kind: 'anew', changes: { learningRate: lowerRate(run) } }
}

/** A loss that stays where guessing would be. */
export const lossAtChance: Detector = (run) => {
  if (run.step < fewestSteps) return null
  const chance = chanceLoss(run)
  const guessed = lucky * chanceAccuracy(run)
  const loss = levelOf(run.loss, run, lastQuarter)
  const accuracy = levelOf(run.accuracy, run, lastQuarter)
  if (loss === null || accuracy === null || loss < near * chance || accuracy > guessed) return null
  if (run.evaluations.some((one) => one.accuracy > guessed)) return null
  return {
    kind: 'loss-at-chance',
    evidence: { ...stepsOf(run, { from: 0, to: 1 }), loss, chance, rate: run.config.schedule.learningRate },
    lesson: 'weights',
    remedies: [remedyFor(run)],
  }
}
