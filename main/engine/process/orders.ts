import { setImmediate as eventLoopTurn } from 'node:timers/promises'
import type { EvaluateOrder, TrainEvent, TrainOrder } from '../../../core/contract/engineContract.ts'
import { refuse } from '../../../core/words/problems.ts'
import { readCheckpoint } from '../checkpoint/checkpointFile.ts'
import { testMeasurement } from '../train/evaluate.ts'
import { writeExport } from '../export/writeExport.ts'
import { DataReader } from '../feed/preparedData.ts'
import { openSession } from '../train/session.ts'
import { calibrate } from '../timing/calibrate.ts'
import { stepTimes } from '../timing/stepTimes.ts'
import { carried, carriedParts, engine } from './implementation.ts'
import { inspectRouter } from './inspectOrders.ts'
import { engineIdentity } from './tensorflow.ts'
import { train } from '../train/train.ts'

/** The current training, the requested hold, and whether anybody still listens. */
interface Training {
  readonly run: number
  readonly signal: AbortSignal
  as: 'paused' | 'stopped' | null
}

const data = new DataReader()
let training: Training | null = null
/** Settles when all orders so far have ended, well or not. */
let earlierOrders: Promise<unknown> = Promise.resolve()

/**
 * Throws while a run trains. A training that nobody listens to any more is about to end, so it is waited for instead.
 */
function refuseWhileTraining(): void {
  if (training !== null && !training.signal.aborted) refuse('run-in-progress', { run: training.run })
}

async function* trainAlone(order: TrainOrder, signal: AbortSignal): AsyncGenerator<TrainEvent> {
  let ended = (): void => undefined
  try {
    refuseWhileTraining()
    const mine: Training = { run: order.run, signal, as: null }
    training = mine
    const earlier = earlierOrders
    earlierOrders = new Promise<void>((resolve) => {
      ended = () => {
        if (training === mine) training = null
        resolve()
      }
    })
    // A hold that arrives during this wait is kept in `mine`.
    await earlier
    yield* train(order, { data, openSession, engine: engineIdentity() }, mine, signal)
  } catch (thrown) {
    throw carried(thrown)
  } finally {
    ended()
  }
}

async function measure({
  config,
  dataFolder,
  checkpoint,
}: EvaluateOrder): Promise<{ testAccuracy: number; testLoss: number; images: number }> {
  const taken = await data.read(dataFolder, config)
  const { variables } = await readCheckpoint(checkpoint, config)
  const session = openSession({
    model: config.model,
    optimizer: config.optimizer,
    batch: config.batch,
    seed: config.seed,
    mixup: config.augmentation.mixup !== null,
    flips: config.evaluation.flips,
  })
  try {
    session.writeVariables(variables)
    const measurement = testMeasurement(session, config, taken)
    try {
      while (measurement.done < measurement.total) {
        measurement.measureNext()
        // Yields one turn of the event loop, so that other calls are answered.
        await eventLoopTurn()
      }
    } finally {
      measurement.close()
    }
    const { accuracy, loss } = measurement.result()
    return { testAccuracy: accuracy, testLoss: loss, images: measurement.total }
  } finally {
    session.dispose()
  }
}

/** Carries out an order after all earlier ones have ended. */
function inTurn<Result>(carryOut: () => Promise<Result>): Promise<Result> {
  refuseWhileTraining()
  const result = earlierOrders.then(carryOut)
  earlierOrders = result.catch(() => undefined)
  return result
}

/** Carries out an order that answers in parts after all earlier ones have ended. */
async function* inTurnParts<Part>(carryOut: () => AsyncGenerator<Part>): AsyncGenerator<Part> {
  refuseWhileTraining()
  const earlier = earlierOrders
  let ended = (): void => undefined
  earlierOrders = new Promise<void>((resolve) => (ended = resolve))
  try {
    await earlier
    yield* carryOut()
  } finally {
    ended()
  }
}

/** Implements the engine contract: one order at a time, on the TensorFlow of this process. */
export const engineRouter = engine.router({
  identity: engine.identity.handler(() => engineIdentity()),
  memory: engine.memory.handler(() => process.memoryUsage.rss()),
  train: engine.train.handler(({ input, signal }) => trainAlone(input, signal ?? new AbortController().signal)),
  hold: engine.hold.handler(({ input }) => {
    if (training !== null) training.as = input.as
  }),
  evaluate: engine.evaluate.handler(async ({ input }) => await inTurn(() => measure(input))),
  export: engine.export.handler(({ input }) => carriedParts(inTurnParts(() => writeExport(input)))),
  stepTimes: engine.stepTimes.handler(({ input, signal }) => carriedParts(inTurnParts(() => stepTimes(input, signal)))),
  calibrate: engine.calibrate.handler(({ signal }) => carriedParts(inTurnParts(() => calibrate(signal)))),
  inspect: inspectRouter,
  leave: engine.leave.handler(() => {
    // After the answer has been sent.
    setImmediate(() => process.exit(0))
  }),
})
