import { canonicalJson } from '../../../core/numbers/canonicalJson.ts'
import type { InspectSubject } from '../../../core/contract/inspectContract.ts'
import { NetworkWeights, type Weights } from '../checkpoint/networkWeights.ts'
import { readSafetensorsAtOnce } from '../checkpoint/readSafetensors.ts'
import { AscentNetwork } from './ascentNetwork.ts'
import { EvaluatedNetwork } from './evaluatedNetwork.ts'
import { InspectedNetwork } from './inspectedNetwork.ts'

/** Networks that stay compiled, those up to a layer, and those with the graph of an evaluation. */
const networksKept = 3
const ascentsKept = 2
const evaluatedKept = 2

/**
 * Bytes of weights that stay in memory: those of two checkpoints that are compared. More would become garbage that lives
 * long while the scrubber goes over a run.
 */
const weightsKept = 8_000_000

/** What has weights and takes memory in TensorFlow. */
interface Weighted {
  write(weights: Weights): void
  dispose(): void
}

/** Compiled networks that were used last. A Map keeps the order of insertion: the first is the one unused for longest. */
class Compiled<Network extends Weighted> {
  readonly #most: number
  /** With the hash of the checkpoint whose weights each has; null before the first. */
  readonly #networks = new Map<string, { readonly network: Network; sha256: string | null }>()

  constructor(most: number) {
    this.#most = most
  }

  /** The network of a key, compiled by `compile` if it is not there, with these weights. */
  with(key: string, compile: () => Network, sha256: string, weights: Weights): Network {
    const open = this.#networks.get(key) ?? { network: compile(), sha256: null }
    this.#networks.delete(key)
    this.#networks.set(key, open)
    for (const [oldest, { network }] of this.#networks) {
      if (this.#networks.size <= this.#most) break
      this.#networks.delete(oldest)
      network.dispose()
    }
    if (open.sha256 !== sha256) {
      open.sha256 = null
      open.network.write(weights)
      open.sha256 = sha256
    }
    return open.network
  }
}

/**
 * The networks used last, with the weights of one checkpoint after another. Orders share them, so what an order asks is
 * handed over and asked in the same turn in which the weights are written: after any wait they may be those of another
 * checkpoint.
 */
export class OpenNetworks {
  readonly #whole = new Compiled<InspectedNetwork>(networksKept)
  readonly #upTo = new Compiled<AscentNetwork>(ascentsKept)
  readonly #evaluated = new Compiled<EvaluatedNetwork>(evaluatedKept)
  readonly #weights = new NetworkWeights(weightsKept, readSafetensorsAtOnce)

  /**
   * Asks the network of a run with the weights of a checkpoint.
   * @param asked Answers at once; the network is not to be used afterwards.
   * @throws LabError `checkpoint-damaged`, `checkpoint-foreign`, or as `InspectedNetwork` does.
   */
  async ask<Answer>(subject: InspectSubject, asked: (network: InspectedNetwork) => Answer): Promise<Answer> {
    // Read first: a damaged file must not cost a network that is ready.
    const weights = await this.#weights.of(subject)
    const { model } = subject.config
    const compile = (): InspectedNetwork => new InspectedNetwork(model)
    return asked(this.#whole.with(canonicalJson(model), compile, subject.checkpoint.sha256, weights))
  }

  /**
   * The same up to a layer, for the gradient of its output by the image.
   * @throws LabError as `ask` does.
   */
  async askUpTo<Answer>(
    subject: InspectSubject,
    layer: string,
    asked: (network: AscentNetwork) => Answer,
  ): Promise<Answer> {
    const weights = await this.#weights.of(subject)
    const { model } = subject.config
    const compile = (): AscentNetwork => new AscentNetwork(model, layer)
    return asked(this.#upTo.with(canonicalJson({ model, layer }), compile, subject.checkpoint.sha256, weights))
  }

  /**
   * The same with the graph of an evaluation, which the first question may have to compile.
   * @throws LabError as `ask` does.
   */
  async askEvaluated<Answer>(subject: InspectSubject, asked: (network: EvaluatedNetwork) => Answer): Promise<Answer> {
    const weights = await this.#weights.of(subject)
    const { model, evaluation } = subject.config
    const compile = (): EvaluatedNetwork => new EvaluatedNetwork(model, evaluation.flips)
    const key = canonicalJson({ model, flips: evaluation.flips })
    return asked(this.#evaluated.with(key, compile, subject.checkpoint.sha256, weights))
  }
}
