import type { EngineHost } from '../engine/host/engineHost.ts'

/** What a run trains on: an engine of this computer, or one on a node of a cluster. */
export interface TrainingEngine extends Pick<EngineHost, 'train' | 'hold' | 'memory'> {
  /** The computer that it runs on; null: this one. */
  readonly computer: string | null
}
