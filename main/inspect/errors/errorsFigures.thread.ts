import { parentPort } from 'node:worker_threads'
import { figuresOf } from './errorsFigures.ts'
import type { FiguresOrder } from './figuresThread.ts'

// Computes figures of errors, so that the main process never waits for them.

parentPort?.on('message', ({ number, question }: FiguresOrder) => {
  parentPort?.postMessage({ number, answer: figuresOf(question) })
})
