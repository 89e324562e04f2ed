import type { InspectImage, InspectSubject } from '../../core/contract/inspectContract.ts'
import { floatsIn } from '../engine/shared/base64.ts'
import { RecentAnswers } from '../engine/shared/recentAnswers.ts'
import { answerKey } from './answerKey.ts'
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
  readonly #kept = new RecentAnswers<InspectedTensor>(kept, ({ values }) => values.byteLength)

  constructor(engine: InspectEngine) {
    this.#engine = engine
  }

  /** The output of a layer for an image. The layer must exist. @throws as the engine does. */
  of(subject: InspectSubject, image: InspectImage, layer: string): Promise<InspectedTensor> {
    return this.#kept.of(answerKey(subject, image, { layer }), async () => {
      const { shape, values } = await this.#engine.ask((inspect) => inspect.layer({ ...subject, image, layer }))
      return { shape, values: floatsIn(values) }
    })
  }
}
