import { parentPort } from 'node:worker_threads'
import { writeCheckpoint } from './checkpointFile.ts'
import { buffersOf, type CheckpointAnswer, type CheckpointOrder } from './checkpointOrder.ts'
import { engineProblemOf } from '../shared/outOfMemory.ts'

// The entry of a worker thread that writes checkpoints. A write takes about ten turns of an event loop, and in the
// training thread a whole step lies between two turns. Here a checkpoint is finished as soon as the disk has it, and
// hashing takes no time from training.

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
