import type { Problem } from '../../../core/words/problems.ts'
import type { Checkpoint, EngineIdentity, RunConfig } from '../../../core/run/run.ts'
import type { Snapshot } from './checkpointFile.ts'

/**
 * An order to the thread that writes checkpoints. The memory of the snapshot's variables is transferred to that thread.
 */
export interface CheckpointOrder {
  readonly number: number
  readonly folder: string
  readonly snapshot: Snapshot
  readonly config: RunConfig
  readonly engine: EngineIdentity
  readonly reason: Checkpoint['reason']
}

/** The outcome of an order. The memory of the variables is transferred back with it. */
export interface CheckpointAnswer {
  readonly number: number
  readonly outcome: { readonly checkpoint: Checkpoint } | { readonly problem: Problem }
  readonly variables: Snapshot['variables']
}

/** The buffers of variables, to transfer to another thread. */
export function buffersOf(variables: Snapshot['variables']): ArrayBuffer[] {
  return [...variables.values()].map(({ data }) => data.buffer).filter((buffer) => buffer instanceof ArrayBuffer)
}
