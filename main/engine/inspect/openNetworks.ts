import { canonicalJson } from '../../../core/numbers/canonicalJson.ts'
import type { InspectSubject } from '../../../core/contract/inspectContract.ts'
import { readCheckpoint } from '../checkpoint/checkpointFile.ts'
import type { TensorValue } from '../shared/tensorValue.ts'
import { InspectedNetwork } from './inspectedNetwork.ts'

/** Networks that stay compiled. */
const networksKept = 3

/** Bytes of weights that stay in memory, so that going back and forth between checkpoints reads no file. */
const weightsKept = 64_000_000

interface OpenNetwork {
  readonly network: InspectedNetwork
  /** Hash of the checkpoint whose weights it has; null before the first. */
  sha256: string | null
}

type Weights = ReadonlyMap<string, TensorValue>

function bytesOf(weights: Weights): number {
  return [...weights.values()].reduce((sum, { data }) => sum + data.byteLength, 0)
}

/** The networks and weights used last. A Map keeps the order of insertion: the first is the one unused for longest. */
export class OpenNetworks {
  readonly #networks = new Map<string, OpenNetwork>()
  readonly #weights = new Map<string, Weights>()

  /**
   * The network of a run with the weights of a checkpoint, valid until the next call.
   * @throws LabError `checkpoint-damaged`, `checkpoint-foreign`, or as `InspectedNetwork` does.
   */
  async of({ config, checkpoint }: InspectSubject): Promise<InspectedNetwork> {
    // Read first: a damaged file must not cost a network that is ready.
    const weights = await this.#weightsOf({ config, checkpoint })
    const key = canonicalJson(config.model)
    const open = this.#networks.get(key) ?? { network: new InspectedNetwork(config.model), sha256: null }
    this.#networks.delete(key)
    this.#networks.set(key, open)
    for (const [oldest, { network }] of this.#networks) {
      if (this.#networks.size <= networksKept) break
      this.#networks.delete(oldest)
      network.dispose()
    }
    if (open.sha256 !== checkpoint.sha256) {
      open.sha256 = null
      open.network.write(weights)
      open.sha256 = checkpoint.sha256
    }
    return open.network
  }

  async #weightsOf({ config, checkpoint }: InspectSubject): Promise<Weights> {
    const known = this.#weights.get(checkpoint.sha256)
    const weights = known ?? (await this.#read({ config, checkpoint }))
    this.#weights.delete(checkpoint.sha256)
    this.#weights.set(checkpoint.sha256, weights)
    let bytes = [...this.#weights.values()].reduce((sum, one) => sum + bytesOf(one), 0)
    for (const [oldest, one] of this.#weights) {
      if (bytes <= weightsKept || this.#weights.size === 1) break
      this.#weights.delete(oldest)
      bytes -= bytesOf(one)
    }
    return weights
  }

  /** The variables of the network; what only the optimizer needs is dropped. */
  async #read({ config, checkpoint }: InspectSubject): Promise<Weights> {
    const { variables } = await readCheckpoint(checkpoint, config)
    const layers = new Set(config.model.layers.map(({ name }) => name))
    return new Map([...variables].filter(([name]) => layers.has(name.slice(0, name.lastIndexOf('/')))))
  }
}
