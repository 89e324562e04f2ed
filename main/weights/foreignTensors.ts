import type { SourceTensor, SourceWeights } from '../../core/weights/sourceWeights.ts'
import type { Phrase } from '../../core/words/phrases.ts'
import { phraseText } from '../../core/words/phrases.ts'

/** A tensor with its values as they lie in the file. */
export interface ForeignTensor extends SourceTensor {
  readonly bytes: Uint8Array
}

/** What a file of another program has. */
export interface ForeignTensors {
  readonly weights: SourceWeights
  readonly tensors: ReadonlyMap<string, ForeignTensor>
}

/** A file that is no file of weights, or a broken one. */
export class ForeignFileError extends Error {
  override readonly name = 'ForeignFileError'
  /** Why, in the words of a person. */
  readonly said: Phrase

  constructor(said: Phrase, options?: ErrorOptions) {
    super(phraseText(said, 'en'), options)
    this.said = said
  }
}
