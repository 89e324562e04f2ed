import { canonicalJson } from '../../../core/numbers/canonicalJson.ts'
import type { InspectSubject } from '../../../core/contract/inspectContract.ts'
import { NetworkWeights } from '../checkpoint/networkWeights.ts'
import { InspectedNetwork } from './inspectedNetwork.ts'

/** Networks that stay compiled. */
const networksKept = 3

interface OpenNetwork {
  readonly network: InspectedNetwork
  /** Hash of the checkpoint whose weights it has; null before the first. */
  sha256: string | null
}

/** The networks used last. A Map keeps the order of insertion: the first is the one unused for longest. */
export class OpenNetworks {
  readonly #networks = new Map<string, OpenNetwork>()
  readonly #weights = new NetworkWeights()

  /**
   * The network of a run with the weights of a checkpoint, valid until the next call.
   * @throws LabError `checkpoint-damaged`, `checkpoint-foreign`, or as `InspectedNetwork` does.
   */
  async of({ config, checkpoint }: InspectSubject): Promise<InspectedNetwork> {
    // Read first: a damaged file must not cost a network that is ready.
    const weights = await this.#weights.of({ config, checkpoint })
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
}
