import { isBranchPoint } from '../../../core/run/branchPoint.ts'
import { setImmediate as eventLoopTurn } from 'node:timers/promises'
import type { TrainEvent, TrainOrder } from '../../../core/contract/engineContract.ts'
import { LabError, type Problem } from '../../../core/words/problems.ts'
import { RandomNumbers } from '../../../core/numbers/random.ts'
import { healthImages } from '../../../core/health/healthBatch.ts'
import { paceAt } from '../../../core/run/schedule.ts'
import type { EngineIdentity } from '../../../core/run/run.ts'
import { TrainingFeed } from '../feed/augment.ts'
import { BatchOrder } from '../feed/batches.ts'
import { readBranchPoint, readCheckpoint, readKeptWeights, type Snapshot } from '../checkpoint/checkpointFile.ts'
import { CheckpointWriter } from '../checkpoint/checkpointWriter.ts'
import type { ImageSequence } from '../feed/imageSource.ts'
import { HealthWatch } from './healthWatch.ts'
import { initialVariables } from './initialWeights.ts'
import { engineProblemOf } from '../shared/outOfMemory.ts'
import { Laps } from './laps.ts'
import type { DataReader } from '../feed/preparedData.ts'
import { checkRoom } from './memoryRoom.ts'
import type { NetworkSession, openSession } from './session.ts'
import { someImages } from '../feed/someImages.ts'
import { RunningStretch, type HoldRequest } from './runningStretch.ts'
import { trainingSplit } from './trainingSplit.ts'

/** What training needs from the process it runs in. */
export interface EngineTools {
  readonly data: DataReader
  readonly openSession: typeof openSession
  readonly engine: EngineIdentity
}

function stateAfter(problem: Problem): 'failed' | 'interrupted' {
  return problem.code === 'loss-not-finite' || problem.code === 'weights-not-finite' ? 'failed' : 'interrupted'
}

const reasonOf = { done: 'end', paused: 'pause', stopped: 'stop' } as const

/** The variables with which a run begins that are not its own initial ones: all of a branch, otherwise some or none. */
function givenVariables({ config, branchPoint }: TrainOrder): Promise<Snapshot['variables']> {
  const { from } = config
  if (from === undefined) return Promise.resolve(new Map())
  if (branchPoint === null) throw new Error('the order of a run lacks the file of the weights that it begins with')
  return isBranchPoint(from) ? readBranchPoint(branchPoint, config) : readKeptWeights(branchPoint)
}

/** Reports what is still unreported after a failure. A second failure here is dropped: the first one ends the run. */
async function* lastWords(stretch: RunningStretch): AsyncGenerator<TrainEvent> {
  yield* stretch.tellAllSteps()
  try {
    yield* stretch.settle()
  } catch (thrown) {
    if (!(thrown instanceof LabError)) throw thrown
  }
}

/**
 * Trains a run to its goal, from the beginning or from a checkpoint, and reports its progress as events. Equal orders
 * give equal bits. A run that was held and continued gives the same bits as an unbroken one.
 *
 * The last event is always `ended`, even after a failure. The one exception: once `signal` is aborted nobody listens
 * any more, so training ends within one step, reports nothing and writes nothing.
 * @param hold Read between steps, and between batches of an evaluation.
 */
export async function* train(
  order: TrainOrder,
  tools: EngineTools,
  hold: HoldRequest,
  signal: AbortSignal,
): AsyncGenerator<TrainEvent> {
  const { config, goal } = order
  const laps = new Laps()
  let session: NetworkSession | null = null
  let stretch: RunningStretch | null = null
  let sequence: ImageSequence | null = null
  try {
    // First, so that its thread starts while the data set is being read.
    const writer = new CheckpointWriter(order.checkpointFolder, config, tools.engine)
    const random = new RandomNumbers(config.seed)
    // Reads from the disk: the data set, and the checkpoint to continue from.
    const data = await tools.data.read(order.dataFolder, config)
    const { trained, heldOut } = trainingSplit(random, data.trainImages, config.data.validationShare)
    const beginning = async (): Promise<Snapshot> => ({
      step: 0,
      trainingSeconds: 0,
      variables: initialVariables(
        config.model,
        config.optimizer,
        random,
        () => someImages(data, config.data.pixels, trained),
        await givenVariables(order),
      ),
    })
    const from = order.from === null ? await beginning() : await readCheckpoint(order.from, config)
    const observed = order.healthEvery === 0 ? 0 : healthImages(config.model, config.batch, data.trainImages)
    session = tools.openSession({
      model: config.model,
      optimizer: config.optimizer,
      batch: config.batch,
      seed: config.seed,
      mixup: config.augmentation.mixup !== null,
      flips: config.evaluation.flips,
      healthImages: observed,
    })
    session.writeVariables(from.variables)
    // Allocated now, so that no checkpoint has to wait until the system has found memory for it.
    writer.room = session.readVariables()
    stretch = new RunningStretch(order, from, { session, data, heldOut, writer, laps, hold, signal })
    const batches = new BatchOrder(random, trained, config.batch)
    // An order of its own for reading ahead, because each order caches the epochs it is at.
    const ahead = new BatchOrder(random, trained, config.batch)
    const begun = stretch.step * config.batch
    sequence = data.images.sequence((first, count) => ahead.imagesFrom(begun + first, count))
    const feed = new TrainingFeed({ ...data.image, sequence, labels: data.labels }, config, random)
    const watch = observed === 0 ? null : new HealthWatch(order, session, data, observed)
    laps.took('waiting')
    yield {
      kind: 'ready',
      step: stretch.step,
      trainingSeconds: stretch.trainingSeconds,
      waitingSeconds: laps.seconds.waiting,
      engine: tools.engine,
    }

    if (order.from === null) {
      yield* stretch.save('start')
      // From here on there is always a checkpoint to continue from.
      yield* stretch.settle()
      if (watch !== null) yield { kind: 'health', health: watch.atBeginning() }
    }
    checkRoom(config, { image: data.image, sizes: { train: data.trainImages, test: data.testImages } })
    // Due here only if a hold or a crash came after the checkpoint that we continue from, but before its evaluation.
    if (stretch.evaluationDue) yield* stretch.evaluate()

    laps.took('waiting')
    while (stretch.step < goal && !stretch.held && !stretch.exhausted) {
      const step = stretch.step + 1
      watch?.before(step)
      const { images, labels, mix } = feed.batchOf(batches.turnsOf(step))
      const { loss, correct } = session.trainStep(images, labels, step, paceAt(config.schedule, step), mix)
      stretch.add(loss, correct / config.batch)
      const health = watch?.after(step) ?? null
      if (health !== null) {
        // Its step is told before it.
        yield* stretch.tellAllSteps()
        yield { kind: 'health', health }
        laps.took('waiting')
      }

      yield* stretch.tell()
      // Yields one turn of the event loop, so that a hold or an abort is noticed.
      await eventLoopTurn()

      if (stretch.checkpointDue || stretch.evaluationDue) {
        // The checkpoint goes first. It is written during the evaluation, so a crash in the evaluation loses nothing.
        if (stretch.checkpointDue) yield* stretch.save(stretch.step >= goal ? 'end' : 'interval')
        if (stretch.evaluationDue) yield* stretch.evaluate()
        laps.took('waiting')
      }
    }

    if (signal.aborted) return
    const finished = stretch.exhausted || (stretch.step >= goal && !stretch.evaluationDue)
    const state = finished ? 'done' : (stretch.heldAs ?? 'done')
    yield* stretch.save(reasonOf[state])
    // Nothing more is computed. The memory is freed while the disk is busy, so that nobody waits for it later.
    session.dispose()
    session = null
    // The run counts as ended only once its file is on disk.
    yield* stretch.settle()
    laps.took('waiting')
    yield { kind: 'ended', state, step: stretch.step, waitingSeconds: laps.seconds.waiting, problem: null }
  } catch (thrown) {
    const problem = engineProblemOf(thrown)
    if (stretch !== null) yield* lastWords(stretch)
    laps.took('waiting')
    yield {
      kind: 'ended',
      state: stateAfter(problem),
      step: stretch?.step ?? 0,
      waitingSeconds: laps.seconds.waiting,
      problem,
    }
  } finally {
    sequence?.close()
    session?.dispose()
  }
}
