import type { InspectImage, InspectSubject } from '../../core/contract/inspectContract.ts'
import { createHash } from 'node:crypto'
import { canonicalJson } from '../../core/numbers/canonicalJson.ts'
import { floatsIn } from '../engine/shared/base64.ts'
import type { InspectEngine } from './inspectEngine.ts'

/** A tensor without its batch dimension. */
export interface InspectedTensor {
  readonly shape: readonly number[]
  readonly values: Float32Array
}

/** Bytes of outputs that are kept. */
const kept = 48_000_000

/** The outputs of layers that were asked for last: a page asks for the same one as picture, as figures and as values. */
export class LayerValues {
  readonly #engine: InspectEngine
  readonly #kept = new Map<string, Promise<InspectedTensor>>()
  readonly #bytes = new Map<string, number>()

  constructor(engine: InspectEngine) {
    this.#engine = engine
  }

  /** The output of a layer for an image. The layer must exist. @throws as the engine does. */
  of(subject: InspectSubject, image: InspectImage, layer: string): Promise<InspectedTensor> {
    const pixels = createHash('sha256').update(image.pixels).digest('hex')
    const { height, width } = image
    const key = canonicalJson({ checkpoint: subject.checkpoint.sha256, pixels, height, width, layer })
    const known = this.#kept.get(key)
    if (known !== undefined) {
      this.#kept.delete(key)
      this.#kept.set(key, known)
      return known
    }
    const asked = this.#ask({ ...subject, image, layer }, key)
    this.#kept.set(key, asked)
    // A failed answer must not be kept.
    asked.catch(() => this.#kept.delete(key))
    return asked
  }

  async #ask(
    question: InspectSubject & { readonly image: InspectImage; readonly layer: string },
    key: string,
  ): Promise<InspectedTensor> {
    const { shape, values } = await this.#engine.ask((inspect) => inspect.layer(question))
    const found = { shape, values: floatsIn(values) }
    this.#bytes.set(key, found.values.byteLength)
    this.#forgetOldest()
    return found
  }

  #forgetOldest(): void {
    let sum = [...this.#bytes.values()].reduce((total, bytes) => total + bytes, 0)
    for (const key of this.#kept.keys()) {
      if (sum <= kept) break
      sum -= this.#bytes.get(key) ?? 0
      this.#kept.delete(key)
      this.#bytes.delete(key)
    }
  }
}
