import { Worker } from 'node:worker_threads'
import { buffersOf, type CheckpointAnswer, type CheckpointOrder } from './checkpointOrder.ts'
import { threadFile } from '../../files/threadFile.ts'

interface Waiting {
  readonly resolve: (answer: CheckpointAnswer) => void
  readonly reject: (thrown: unknown) => void
}

/** The training thread's side of the thread that writes checkpoints. */
class CheckpointThread {
  readonly #worker = new Worker(threadFile(import.meta.url, './checkpointScribe.thread.ts'))
  readonly #waiting = new Map<number, Waiting>()
  #orders = 0

  /** @param onEnd Called when the thread has ended, which happens only after an error. */
  constructor(onEnd: () => void) {
    this.#worker.on('message', (answer: CheckpointAnswer) => this.#take(answer.number)?.resolve(answer))
    this.#worker.on('error', (thrown) => this.#fail(thrown))
    this.#worker.on('exit', (code) => {
      onEnd()
      this.#fail(new Error(`the thread that writes checkpoints has ended with code ${code}`))
    })
    this.#worker.unref()
  }

  /** Writes a checkpoint. The buffers of its variables are detached here until the answer brings them back. */
  write(order: Omit<CheckpointOrder, 'number'>): Promise<CheckpointAnswer> {
    const number = (this.#orders += 1)
    const numbered: CheckpointOrder = { ...order, number }
    return new Promise((resolve, reject) => {
      this.#worker.postMessage(numbered, buffersOf(order.snapshot.variables))
      this.#waiting.set(number, { resolve, reject })
      // Keeps the process alive while something is being written.
      this.#worker.ref()
    })
  }

  #take(number: number): Waiting | undefined {
    const waiting = this.#waiting.get(number)
    this.#waiting.delete(number)
    if (this.#waiting.size === 0) this.#worker.unref()
    return waiting
  }

  #fail(thrown: unknown): void {
    for (const number of [...this.#waiting.keys()]) this.#take(number)?.reject(thrown)
  }
}

let thread: CheckpointThread | null = null

/** The one thread of this process that writes checkpoints. Started on first use; it lives as long as the process. */
export function checkpointThread(): CheckpointThread {
  thread ??= new CheckpointThread(() => {
    thread = null
  })
  return thread
}
