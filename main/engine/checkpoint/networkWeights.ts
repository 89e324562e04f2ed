import type { InspectSubject } from '../../../core/contract/inspectContract.ts'
import { RecentAnswers } from '../shared/recentAnswers.ts'
import type { TensorValue } from '../shared/tensorValue.ts'
import { isOfNetwork, readCheckpoint } from './checkpointFile.ts'
import { readSafetensors, type ReadSafetensors } from './readSafetensors.ts'

/** The variables of a network by name: weights and running statistics, without what only the optimizer needs. */
export type Weights = ReadonlyMap<string, TensorValue>

function bytesOf(weights: Weights): number {
  return [...weights.values()].reduce((sum, { data }) => sum + data.byteLength, 0)
}

async function weightsIn({ config, checkpoint }: InspectSubject, read: ReadSafetensors): Promise<Weights> {
  return (await readCheckpoint(checkpoint, config, isOfNetwork(config.model), read)).variables
}

/** The weights of the checkpoints that were asked for last, by the sha256 of their files, which are checked once. */
export class NetworkWeights {
  readonly #kept: RecentAnswers<Weights>
  readonly #read: ReadSafetensors

  /** @param most Bytes of weights that stay in memory, so that going back and forth between checkpoints reads no file. */
  constructor(most: number, read: ReadSafetensors = readSafetensors) {
    this.#kept = new RecentAnswers<Weights>(most, bytesOf)
    this.#read = read
  }

  /** @throws LabError `checkpoint-damaged` or `checkpoint-foreign`. */
  of(subject: InspectSubject): Promise<Weights> {
    return this.#kept.of(subject.checkpoint.sha256, () => weightsIn(subject, this.#read))
  }
}
