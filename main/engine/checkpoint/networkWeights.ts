import type { InspectSubject } from '../../../core/contract/inspectContract.ts'
import type { TensorValue } from '../shared/tensorValue.ts'
import { readCheckpoint } from './checkpointFile.ts'

/** The variables of a network by name: weights and running statistics, without what only the optimizer needs. */
export type Weights = ReadonlyMap<string, TensorValue>

/** Bytes of weights that stay in memory, so that going back and forth between checkpoints reads no file. */
const kept = 64_000_000

function bytesOf(weights: Weights): number {
  return [...weights.values()].reduce((sum, { data }) => sum + data.byteLength, 0)
}

async function read({ config, checkpoint }: InspectSubject): Promise<Weights> {
  const layers = new Set(config.model.layers.map(({ name }) => name))
  const isOfNetwork = (name: string): boolean => layers.has(name.slice(0, name.lastIndexOf('/')))
  return (await readCheckpoint(checkpoint, config, isOfNetwork)).variables
}

/** The weights of the checkpoints that were asked for last, by the sha256 of their files, which are checked once. */
export class NetworkWeights {
  /** In the order of their last use: the first is the one unused for longest. */
  readonly #kept = new Map<string, Promise<Weights>>()
  readonly #bytes = new Map<string, number>()

  /** @throws LabError `checkpoint-damaged` or `checkpoint-foreign`. */
  of(subject: InspectSubject): Promise<Weights> {
    const { sha256 } = subject.checkpoint
    const weights = this.#kept.get(sha256) ?? this.#read(subject)
    this.#kept.delete(sha256)
    this.#kept.set(sha256, weights)
    return weights
  }

  async #read(subject: InspectSubject): Promise<Weights> {
    const { sha256 } = subject.checkpoint
    try {
      const weights = await read(subject)
      this.#bytes.set(sha256, bytesOf(weights))
      this.#forgetOldest()
      return weights
    } catch (thrown) {
      // A file may be put back; a failure must not be kept.
      this.#kept.delete(sha256)
      throw thrown
    }
  }

  /** Those that are still being read have no bytes yet, and the newest one stays whatever its size. */
  #forgetOldest(): void {
    let sum = [...this.#bytes.values()].reduce((total, bytes) => total + bytes, 0)
    for (const sha256 of this.#kept.keys()) {
      if (sum <= kept || this.#bytes.size === 1) break
      const bytes = this.#bytes.get(sha256)
      if (bytes === undefined) continue
      sum -= bytes
      this.#kept.delete(sha256)
      this.#bytes.delete(sha256)
    }
  }
}
