import { setImmediate as eventLoopTurn } from 'node:timers/promises'
import {
  type CalibrationLayer,
  calibrationLayers,
  calibrationOptimizer,
  calibrationSteps,
} from '../../../core/network/calibrationLayers.ts'
import { fittedCosts, type TimedWork } from '../../../core/network/fitCosts.ts'
import type { CalibrationEvent, StepQuestion } from '../../../core/network/stepTimes.ts'
import { estimatedTimes, layerAmounts, otherAmounts } from '../../../core/network/timeEstimate.ts'
import { paceOf } from '../shared/pace.ts'
import { processor } from '../process/processor.ts'
import { engineIdentity } from '../process/tensorflow.ts'
import { openAlone } from './aloneSession.ts'
import { openWhole } from './wholeStep.ts'

/**
 * Runs of each layer that are not counted, and those that are. The fastest of all passes counts: costs are those of a
 * computer that has nothing else to do, and a run is short enough for a quiet moment. What disturbs one pass may have
 * ended in the next.
 */
const warmUp = 2
const counted = 5
const passes = 3

/** Layers in one session. */
const atOnce = 16

/** Layers of one batch size, a few at a time. */
function groupsOf(layers: readonly CalibrationLayer[]): CalibrationLayer[][] {
  const groups: CalibrationLayer[][] = []
  for (const layer of layers) {
    const group = groups.find(([first, ...others]) => first.batch === layer.batch && others.length + 1 < atOnce)
    if (group === undefined) groups.push([layer])
    else group.push(layer)
  }
  return groups
}

/** The fastest runs of some layers, each alone and in turns, without what a run costs that computes nothing. */
function timed(layers: readonly CalibrationLayer[]): number[] {
  const [{ batch }] = layers
  const session = openAlone(
    layers.map(({ geometry, backwards }) => ({ geometry, backwards: geometry.inputs.map(() => backwards) })),
    null,
    { batch, optimizer: calibrationOptimizer },
  )
  try {
    let nothing = Number.POSITIVE_INFINITY
    const fastest = layers.map(() => Number.POSITIVE_INFINITY)
    for (let round = -warmUp; round < counted; round += 1) {
      const none = session.time('nothing')
      if (round >= 0) nothing = Math.min(nothing, none)
      for (const [index, { geometry }] of layers.entries()) {
        const seconds = session.time(`layer:${geometry.layer.name}`)
        if (round >= 0) fastest[index] = Math.min(fastest[index], seconds)
      }
    }
    return fastest.map((seconds) => Math.max(0, seconds - nothing))
  } finally {
    session.dispose()
  }
}

/** Seconds of a whole step. */
function timedStep(question: StepQuestion): number {
  const whole = openWhole(question)
  try {
    for (let round = 0; round < warmUp; round += 1) whole.time()
    return Math.min(...Array.from({ length: counted }, () => whole.time()))
  } finally {
    whole.dispose()
  }
}

/**
 * Measures what operations cost here: layers of every form, each alone, and steps that do little. Ends with
 * `calibrated`, or without it once the signal says that nobody listens.
 * @throws LabError `engine-unavailable`, `disk-full` or `write-failed`.
 */
export async function* calibrate(signal?: AbortSignal): AsyncGenerator<CalibrationEvent> {
  const groups = groupsOf(calibrationLayers())
  const steps = calibrationSteps()
  const progress = paceOf(passes * groups.length + steps.length)
  let done = 0
  const fastest = new Map<CalibrationLayer, number>()
  yield progress(0)
  for (let pass = 0; pass < passes; pass += 1) {
    for (const group of groups) {
      for (const [index, seconds] of timed(group).entries())
        fastest.set(group[index], Math.min(seconds, fastest.get(group[index]) ?? seconds))
      done += 1
      yield progress(done)
      // Yields one turn of the event loop, so that other calls are answered.
      await eventLoopTurn()
      if (signal?.aborted === true) return
    }
  }
  const works = [...fastest].map(([{ geometry, batch, backwards }, seconds]): TimedWork => {
    return { amounts: layerAmounts(geometry, { batch, processor, backwards }), seconds }
  })
  const costs = {
    format: 1 as const,
    engine: engineIdentity(),
    ...processor,
    measuredAt: new Date().toISOString(),
    seconds: fittedCosts(works),
  }
  const besides: TimedWork[] = []
  for (const step of steps) {
    const seconds = timedStep(step) - estimatedTimes(step, costs).secondsPerStep
    besides.push({ amounts: otherAmounts(step), seconds })
    done += 1
    yield progress(done)
    await eventLoopTurn()
    if (signal?.aborted === true) return
  }
  yield { kind: 'calibrated', costs: { ...costs, seconds: { ...costs.seconds, ...fittedCosts(besides) } } }
}
