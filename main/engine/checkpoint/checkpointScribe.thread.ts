import { parentPort } from 'node:worker_threads'
import { writeCheckpoint } from './checkpointFile.ts'
import { buffersOf, type CheckpointAnswer, type CheckpointOrder } from './checkpointOrder.ts'
import { engineProblemOf } from '../shared/outOfMemory.ts'

// The entry of a worker thread that writes checkpoints. To write one takes ten turns of an event loop, and between two
// of the thread that trains lies a whole step; here it is on the disk as soon as the disk has it, and its hash costs
// training no time of its own.

async function carryOut({ number, folder, snapshot, config, engine, reason }: CheckpointOrder): Promise<void> {
  const { variables } = snapshot
  const outcome = await writeCheckpoint(folder, snapshot, config, engine, reason).then(
    (checkpoint) => ({ checkpoint }),
    (thrown: unknown) => ({ problem: engineProblemOf(thrown) }),
  )
  const answer: CheckpointAnswer = { number, outcome, variables }
  parentPort?.postMessage(answer, buffersOf(variables))
}

parentPort?.on('message', (order: CheckpointOrder) => void carryOut(order))
