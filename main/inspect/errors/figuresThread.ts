import { Worker } from 'node:worker_threads'
import { threadFile } from '../../files/threadFile.ts'
import type { FiguresAnswers, FiguresQuestion } from './errorsFigures.ts'

/** A numbered question, as the thread gets it. */
export interface FiguresOrder {
  readonly number: number
  readonly question: FiguresQuestion
}

interface Waiting {
  /** It takes the answer to its own question; which kind that is the number says. */
  readonly resolve: (answer: never) => void
  readonly reject: (thrown: unknown) => void
}

/**
 * The thread that computes figures of errors: those of hundreds of classes, and lists of all images, take longer than
 * the main process may stand still. Started by the first question; it lives until it is closed.
 */
export class FiguresThread {
  readonly #waiting = new Map<number, Waiting>()
  #worker: Worker | null = null
  #orders = 0

  /** Computes what is asked. The pass is copied, which takes well under a millisecond. */
  ask<Kind extends keyof FiguresAnswers>(
    question: Extract<FiguresQuestion, { readonly kind: Kind }>,
  ): Promise<FiguresAnswers[Kind]> {
    const worker = (this.#worker ??= this.#start())
    const number = (this.#orders += 1)
    const order: FiguresOrder = { number, question }
    return new Promise((resolve, reject) => {
      worker.postMessage(order)
      this.#waiting.set(number, { resolve, reject })
      // Keeps the process alive while something is asked.
      worker.ref()
    })
  }

  async close(): Promise<void> {
    await this.#worker?.terminate()
  }

  #start(): Worker {
    const worker = new Worker(threadFile(import.meta.url, './errorsFigures.thread.ts'))
    worker.on('message', ({ number, answer }: { number: number; answer: never }) => {
      this.#take(number)?.resolve(answer)
    })
    worker.on('error', (thrown) => this.#ended(worker, thrown))
    worker.on('exit', (code) =>
      this.#ended(worker, new Error(`the thread that computes figures of errors has ended with code ${code}`)),
    )
    worker.unref()
    return worker
  }

  #take(number: number): Waiting | undefined {
    const waiting = this.#waiting.get(number)
    this.#waiting.delete(number)
    if (this.#waiting.size === 0) this.#worker?.unref()
    return waiting
  }

  /** The next question starts another. After an error, its exit is told as well. */
  #ended(worker: Worker, reason: unknown): void {
    if (worker !== this.#worker) return
    this.#worker = null
    for (const number of [...this.#waiting.keys()]) this.#take(number)?.reject(reason)
  }
}
