import type { Problem } from '../../../core/words/problems.ts'
import type { Checkpoint, EngineIdentity, RunConfig } from '../../../core/run/run.ts'
import type { Snapshot } from './checkpointFile.ts'

/** What the thread that writes checkpoints is told to write. The memory of the snapshot's variables goes over to it. */
export interface CheckpointOrder {
  readonly number: number
  readonly folder: string
  readonly snapshot: Snapshot
  readonly config: RunConfig
  readonly engine: EngineIdentity
  readonly reason: Checkpoint['reason']
}

/** What became of an order; the memory of the variables comes back with it. */
export interface CheckpointAnswer {
  readonly number: number
  readonly outcome: { readonly checkpoint: Checkpoint } | { readonly problem: Problem }
  readonly variables: Snapshot['variables']
}

/** The buffers of variables, to be handed over to another thread. */
export function buffersOf(variables: Snapshot['variables']): ArrayBuffer[] {
  return [...variables.values()].map(({ data }) => data.buffer).filter((buffer) => buffer instanceof ArrayBuffer)
}
