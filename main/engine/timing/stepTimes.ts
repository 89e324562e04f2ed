import { setImmediate as eventLoopTurn } from 'node:timers/promises'
import { measure, trainedLayers } from '../../../core/network/geometry.ts'
import type { Model } from '../../../core/network/model.ts'
import { poolFirst } from '../../../core/network/poolFirst.ts'
import { sizeOf } from '../../../core/network/shapes.ts'
import type { StepQuestion, StepTimes, StepTimesEvent } from '../../../core/network/stepTimes.ts'
import { paceOf } from '../shared/pace.ts'
import { checkRoom } from '../train/memoryRoom.ts'
import { type AloneSession, openAlone } from './aloneSession.ts'
import { medianOf } from './median.ts'
import { openWhole } from './wholeStep.ts'

/** Runs of each part that are not counted: TensorFlow prepares itself in the first, and memory is allocated. */
const warmUp = 2

/** Seconds that measuring may take, as far as the fewest rounds allow. */
const enoughSeconds = 6
const fewestRounds = 5
const mostRounds = 40

/** The layers of a network, each alone, as training computes them. @throws LabError as `openAlone` does. */
export function openLayers({ model, optimizer, batch }: StepQuestion): AloneSession {
  const measured = poolFirst(measure(model))
  const trained = trainedLayers(measured)
  const layers = measured.map((geometry) => ({
    geometry,
    backwards: geometry.inputs.map(({ from }) => trained.has(from)),
  }))
  const logits = sizeOf(measured[measured.length - 1].output)
  return openAlone(layers, { head: model.head, classes: logits }, { batch, optimizer })
}

/** Times of the whole step and of its parts, in seconds, a number for each round. */
interface Rounds {
  readonly whole: readonly number[]
  readonly nothing: readonly number[]
  readonly head: readonly number[]
  readonly layers: ReadonlyMap<string, readonly number[]>
}

/**
 * The parts of a step from times of each part alone: what is left of it without the cost of a run, all of them scaled
 * so that they add up to the whole step.
 */
function partsOf({ layers }: Model, rounds: Rounds): StepTimes {
  const whole = medianOf(rounds.whole)
  const nothing = medianOf(rounds.nothing)
  const alone = (times: readonly number[]): number => Math.max(0, medianOf(times) - nothing)
  const other = nothing + alone(rounds.head)
  const own = layers.map(({ name }) => ({ layer: name, seconds: alone(rounds.layers.get(name) ?? []) }))
  const scale = whole / own.reduce((sum, { seconds }) => sum + seconds, other)
  return {
    secondsPerStep: whole,
    layers: own.map(({ layer, seconds }) => ({ layer, seconds: seconds * scale })),
    other: other * scale,
  }
}

/**
 * Measures how long a training step takes here, and each of its layers: the whole network's step and each layer alone in
 * turns, so that what disturbs the computer meanwhile disturbs all alike. Ends with `measured`, or without it once the
 * signal says that nobody listens.
 * @throws LabError `model-invalid`, `out-of-memory`, or as `openWhole` does.
 */
export async function* stepTimes(question: StepQuestion, signal?: AbortSignal): AsyncGenerator<StepTimesEvent> {
  const { model, optimizer, batch } = question
  // Twice the batch: what comes into and out of each layer alone lies in memory beside the step.
  const evaluation = { flips: false }
  checkRoom({ model, optimizer, batch: 2 * batch, evaluation }, { image: model.input, sizes: { train: 0, test: 0 } })
  yield paceOf(1)(0)
  await eventLoopTurn()
  const whole = openWhole(question)
  try {
    const alone = openLayers(question)
    try {
      const layers = new Map(model.layers.map(({ name }): [string, number[]] => [name, []]))
      const rounds = { whole: [] as number[], nothing: [] as number[], head: [] as number[], layers }
      const parts: readonly (readonly [number[], () => number])[] = [
        [rounds.whole, whole.time],
        [rounds.nothing, () => alone.time('nothing')],
        [rounds.head, () => alone.time('head')],
        ...[...layers].map(([name, times]) => [times, () => alone.time(`layer:${name}`)] as const),
      ]
      /** Seconds of the last round. */
      let took = 0
      const goRound = async (counted: boolean): Promise<void> => {
        const begin = performance.now()
        for (const [times, time] of parts) {
          if (signal?.aborted === true) return
          const seconds = time()
          if (counted) times.push(seconds)
          // Yields one turn of the event loop, so that other calls are answered.
          await eventLoopTurn()
        }
        took = (performance.now() - begin) / 1000
      }
      for (let round = 0; round < warmUp; round += 1) await goRound(false)
      const wanted = Math.min(mostRounds, Math.max(fewestRounds, Math.floor(enoughSeconds / took)))
      const progress = paceOf(wanted)
      for (let round = 1; round <= wanted; round += 1) {
        await goRound(true)
        if (signal?.aborted === true) return
        yield progress(round)
      }
      yield { kind: 'measured', times: partsOf(model, rounds), fastest: Math.min(...rounds.whole) }
    } finally {
      alone.dispose()
    }
  } finally {
    whole.dispose()
  }
}
