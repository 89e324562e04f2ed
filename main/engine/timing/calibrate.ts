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
import { medianOf } from './median.ts'
import { openWhole } from './wholeStep.ts'

/** Runs of each layer that are not counted, and those that are. */
const warmUp = 2
const counted = 9

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

/** Times layers, each alone and in turns. */
function timed(layers: readonly CalibrationLayer[]): TimedWork[] {
  const [{ batch }] = layers
  const session = openAlone(
    layers.map(({ geometry, backwards }) => ({ geometry, backwards: geometry.inputs.map(() => backwards) })),
    null,
    { batch, optimizer: calibrationOptimizer },
  )
  try {
    const nothing: number[] = []
    const times = layers.map((): number[] => [])
    for (let round = -warmUp; round < counted; round += 1) {
      const none = session.time('nothing')
      if (round >= 0) nothing.push(none)
      for (const [index, { geometry }] of layers.entries()) {
        const seconds = session.time(`layer:${geometry.layer.name}`)
        if (round >= 0) times[index].push(seconds)
      }
    }
    return layers.map(({ geometry, backwards }, index) => ({
      amounts: layerAmounts(geometry, { batch, processor, backwards }),
      seconds: Math.max(0, medianOf(times[index]) - medianOf(nothing)),
    }))
  } finally {
    session.dispose()
  }
}

/** Seconds of a whole step. */
function timedStep(question: StepQuestion): number {
  const whole = openWhole(question)
  try {
    for (let round = 0; round < warmUp; round += 1) whole.time()
    return medianOf(Array.from({ length: counted }, () => whole.time()))
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
  const progress = paceOf(groups.length + steps.length)
  let done = 0
  const works: TimedWork[] = []
  yield progress(0)
  for (const group of groups) {
    works.push(...timed(group))
    done += 1
    yield progress(done)
    // Yields one turn of the event loop, so that other calls are answered.
    await eventLoopTurn()
    if (signal?.aborted === true) return
  }
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
