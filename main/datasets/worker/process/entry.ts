import { createHash } from 'node:crypto'
import { createReadStream, statSync } from 'node:fs'
import path from 'node:path'
import { phrase } from '../../../../core/words/phrases.ts'
import type { PlanningStage } from '../../../../core/reading/planning.ts'
import { problemOf } from '../../../../core/words/problems.ts'
import { leaveEndToMain } from '../../../platform/endSignals.ts'
import { writeFacts } from '../../../files/formFacts.ts'
import { catalogue } from '../../sets/catalogue.ts'
import { LeftOutCount } from '../../archives/leftOutCount.ts'
import { systemCode } from '../../archives/unreadable.ts'
import { SourceError } from '../../definition.ts'
import { drawSet } from '../../prepare/drawSet.ts'
import { preparePictures } from '../../prepare/preparePictures.ts'
import { resizeForm } from '../../prepare/resizeForm.ts'
import { prepareArrays } from '../../prepare/prepareArrays.ts'
import { ownImages } from '../../sets/ownImages.ts'
import { ownTemplate } from '../../../../core/data/dataset.ts'
import { isOwnId } from '../../store/ownSets.ts'
import { collectPictures, readOriginals } from '../../prepare/collectPictures.ts'
import { planImages } from '../../planning/planImages.ts'
import { packSet, unpackSet } from '../../store/packedSet.ts'
import type { TaskProgress, WorkStage } from '../taskProgress.ts'
import type { Task, TaskKind, Tasks, TaskMessage } from '../tasks.ts'

// The program of a worker process, which does one task: work that takes processor time or moves gigabytes. The main
// process must not do it.

// Nobody is left to receive the result. What is half-written is removed at the next opening.
process.on('disconnect', () => process.exit(0))

// Main decides what happens to the task.
leaveEndToMain()

/** The process is cancelled by killing it, so its tasks need no signal. */
const never = new AbortController().signal

/** Shortest time between two reports of progress, in milliseconds. */
const tellEvery = 100

function tell(message: TaskMessage<TaskKind>): void {
  // The callback receives the error when the channel is closed. `disconnect` reports that as well, and without a
  // callback Node would throw.
  process.send?.(message, undefined, undefined, () => undefined)
}

/** Limits progress reports to the first and last of a stage and ten a second between. */
function progressTeller<Stage extends WorkStage | PlanningStage>(): TaskProgress<Stage> {
  let told = -Infinity
  let toldStage = ''
  return (stage, done, total) => {
    const now = performance.now()
    if (stage === toldStage && done < total && now - told < tellEvery) return
    told = now
    toldStage = stage
    tell({ kind: 'progress', stage, done, total })
  }
}

async function hashFiles(files: readonly string[], onProgress: TaskProgress): Promise<string[]> {
  const found: string[] = []
  const total = files.reduce((sum, file) => sum + statSync(file).size, 0)
  let done = 0
  for (const file of files) {
    const hash = createHash('md5')
    try {
      const chunks: AsyncIterable<Buffer> = createReadStream(file, { highWaterMark: 1 << 20 })
      for await (const chunk of chunks) {
        hash.update(chunk)
        done += chunk.length
        onProgress('reading', done, total)
      }
    } catch (thrown) {
      throw new SourceError(phrase('place-unread', { place: path.basename(file), code: systemCode(thrown) }), {
        cause: thrown,
      })
    }
    found.push(hash.digest('hex'))
  }
  return found
}

async function run({ kind, order }: Task): Promise<Tasks[TaskKind]['result']> {
  const onProgress = progressTeller<WorkStage>()
  switch (kind) {
    case 'prepareArrays':
      return prepareArrays(order, onProgress, never)
    case 'collectPictures': {
      const definition = catalogue.find(
        ({ card }) => card.id === (isOwnId(order.definition) ? ownTemplate : order.definition),
      )
      if (definition?.pictures == null) throw new Error(`${order.definition} is no set of pictures`)
      const leftOut = new LeftOutCount()
      return collectPictures(readOriginals(order.originals, onProgress, leftOut.add, never), definition.pictures, {
        classes: definition.card.classes.length,
        into: order.into,
        leftOut,
        wishes: order.wishes,
      })
    }
    case 'drawSet': {
      const definition = catalogue.find(({ card }) => card.id === order.dataset)
      const source = definition?.sources.find((one) => one.kind === 'drawn')
      if (definition === undefined || source === undefined) throw new Error(`${order.dataset} is not drawn`)
      return drawSet(source, definition.card, order.into, onProgress)
    }
    case 'planImages':
      if (ownImages.pictures === null) throw new Error('own images are no pictures')
      return planImages(order, ownImages.pictures, progressTeller<PlanningStage>())
    case 'preparePictures':
      return preparePictures(order, (done, total) => onProgress('preparing', done, total))
    case 'resizeForm':
      return resizeForm(order, (done, total) => onProgress('preparing', done, total))
    case 'writeFacts':
      await writeFacts(order.folder, order.stored)
      return null
    case 'hashFiles':
      return hashFiles(order.files, onProgress)
    case 'packSet':
      return packSet(order, onProgress)
    case 'unpackSet':
      return unpackSet(order, onProgress)
  }
}

process.once('message', (task: Task) => {
  void run(task)
    .then(
      (result): TaskMessage<TaskKind> => ({ kind: 'done', result }),
      (thrown: unknown): TaskMessage<TaskKind> =>
        thrown instanceof SourceError
          ? { kind: 'unfit', said: thrown.said }
          : { kind: 'failed', problem: problemOf(thrown) },
    )
    .then(tell)
})
