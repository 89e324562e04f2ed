import { LabError, problem } from '../../../core/words/problems.ts'
import { SourceError } from '../definition.ts'
import type { TaskProgress } from './taskProgress.ts'
import type { StageOf, TaskKind, Tasks, TaskMessage } from './tasks.ts'
import { startWorker } from './workerProcess.ts'

/**
 * Runs a task in a process of its own, which has ended in any case when the promise settles. The caller must remove
 * what an unfinished task has written.
 *
 * It is a process and not a thread, because native code runs in it (decoders of pictures, WebAssembly) on files from
 * anywhere. A native crash ends a whole process, and the main process holds the lab. Threads are not even safe with
 * sound files: all threads of a process share V8's compiled WebAssembly, that of Node's own type stripper included, and
 * V8 13.6 (Node 24) frees a wrapper of it that another thread is taking up (`FreeCode` within
 * `Runtime_TierUpWasmToJSWrapper`). A process can also be killed at any moment, whatever native code does in it.
 * @throws SourceError when the given files are unfit, LabError when the disk or the task refuses, LabError
 *   `worker-crashed` when the process ends by itself, the signal's reason when aborted.
 */
export async function runTask<Kind extends TaskKind>(
  kind: Kind,
  order: Tasks[Kind]['order'],
  options: { readonly signal: AbortSignal; readonly onProgress: TaskProgress<StageOf<Kind>> },
): Promise<Tasks[Kind]['result']> {
  options.signal.throwIfAborted()
  const worker = startWorker<Kind>({ kind, order })
  let abort = (): void => undefined
  const outcome = new Promise<Tasks[Kind]['result']>((resolve, reject) => {
    abort = () => reject(options.signal.reason)
    options.signal.addEventListener('abort', abort)
    worker.onMessage((message: TaskMessage<Kind>) => {
      if (message.kind === 'progress') options.onProgress(message.stage, message.done, message.total)
      else if (message.kind === 'done') resolve(message.result)
      else if (message.kind === 'unfit') reject(new SourceError(message.said))
      else reject(new LabError(message.problem))
    })
    void worker.ended.then((detail) => reject(new LabError(problem('worker-crashed', { detail }))))
  })
  try {
    return await outcome
  } finally {
    options.signal.removeEventListener('abort', abort)
    worker.kill()
    await worker.ended
  }
}
