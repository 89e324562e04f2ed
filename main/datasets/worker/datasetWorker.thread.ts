import { createHash } from 'node:crypto'
import { createReadStream, statSync } from 'node:fs'
import { parentPort, workerData } from 'node:worker_threads'
import { problemOf } from '../../../core/problems.ts'
import { writeFacts } from '../../files/formFacts.ts'
import { catalogue } from '../sets/catalogue.ts'
import { SourceError } from '../definition.ts'
import { makeForm } from '../prepared/makeForm.ts'
import { resizeForm } from '../prepared/resizeForm.ts'
import { prepareArrays } from './prepareArrays.ts'
import { ownTemplate } from '../../../core/dataset.ts'
import { isOwnId } from '../store/ownSets.ts'
import { collect, readOriginals } from './collectPictures.ts'
import { pack, unpack } from './pack.ts'
import type { Progress } from './taskProgress.ts'
import type { Task, TaskKind, TaskKinds, TaskMessage } from './task.ts'

// The entry of a worker thread: whatever of a data set takes processor time or reads and writes gigabytes, which the
// main process must not.

/** The thread is ended from outside; what it has begun ends with it. */
const never = new AbortController().signal

/** Shortest time between two reports of progress, in milliseconds. */
const tellEvery = 100

function tell(message: TaskMessage<TaskKind>): void {
  parentPort?.postMessage(message)
}

/** Tells of progress not more often than anybody looks: the first of a stage, the last, and ten a second between. */
function progressTeller(): Progress {
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

async function sums(files: readonly string[], onProgress: Progress): Promise<string[]> {
  const found: string[] = []
  const total = files.reduce((sum, file) => sum + statSync(file).size, 0)
  let done = 0
  for (const file of files) {
    const hash = createHash('md5')
    for await (const chunk of createReadStream(file, { highWaterMark: 1 << 20 })) {
      hash.update(chunk)
      done += chunk.length
      onProgress('reading', done, total)
    }
    found.push(hash.digest('hex'))
  }
  return found
}

async function run({ kind, order }: Task): Promise<TaskKinds[TaskKind]['result']> {
  const onProgress = progressTeller()
  switch (kind) {
    case 'arrays':
      return prepareArrays(order, onProgress, never)
    case 'collect': {
      const definition = catalogue.find(
        ({ card }) => card.id === (isOwnId(order.definition) ? ownTemplate : order.definition),
      )
      if (definition?.pictures == null) throw new Error(`${order.definition} is no set of pictures`)
      return collect(readOriginals(order.originals, onProgress, never), definition.pictures, {
        classes: definition.card.classes.length,
        into: order.into,
      })
    }
    case 'form':
      return makeForm(order, (done, total) => onProgress('preparing', done, total))
    case 'resize':
      return resizeForm(order, (done, total) => onProgress('preparing', done, total))
    case 'facts':
      await writeFacts(order.folder, order.stored)
      return null
    case 'sums':
      return sums(order.files, onProgress)
    case 'pack':
      return pack(order, onProgress)
    case 'unpack':
      return unpack(order, onProgress)
  }
}

const task: Task = workerData
tell(
  await run(task).then(
    (result): TaskMessage<TaskKind> => ({ kind: 'done', result }),
    (thrown: unknown): TaskMessage<TaskKind> =>
      thrown instanceof SourceError
        ? { kind: 'unfit', detail: thrown.message }
        : { kind: 'failed', problem: problemOf(thrown) },
  ),
)
