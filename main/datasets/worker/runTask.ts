import { Worker } from 'node:worker_threads'
import { LabError } from '../../../core/words/problems.ts'
import { threadFile } from '../../files/threadFile.ts'
import { SourceError } from '../definition.ts'
import type { TaskProgress } from './taskProgress.ts'
import type { StageOf, TaskKind, Tasks, TaskMessage } from './tasks.ts'

/**
 * Runs a task in a thread of its own, which is terminated in any case at the end. The caller must remove what an
 * unfinished task has written.
 * @throws SourceError when the given files are unfit, LabError when the disk or the task refuses, the signal's reason
 *   when aborted.
 */
export async function runTask<Kind extends TaskKind>(
  kind: Kind,
  order: Tasks[Kind]['order'],
  options: { readonly signal: AbortSignal; readonly onProgress: TaskProgress<StageOf<Kind>> },
): Promise<Tasks[Kind]['result']> {
  options.signal.throwIfAborted()
  const worker = new Worker(threadFile(import.meta.url, './datasetWorker.thread.ts'), { workerData: { kind, order } })
  let abort = (): void => undefined
  const outcome = new Promise<Tasks[Kind]['result']>((resolve, reject) => {
    abort = () => reject(options.signal.reason)
    options.signal.addEventListener('abort', abort)
    worker.on('message', (message: TaskMessage<Kind>) => {
      if (message.kind === 'progress') options.onProgress(message.stage, message.done, message.total)
      else if (message.kind === 'done') resolve(message.result)
      else if (message.kind === 'unfit') reject(new SourceError(message.detail))
      else reject(new LabError(message.problem))
    })
    worker.on('error', reject)
    worker.on('exit', (code) => reject(new Error(`the preparing thread ended with code ${code}`)))
  })
  try {
    return await outcome
  } finally {
    options.signal.removeEventListener('abort', abort)
    await worker.terminate()
  }
}
