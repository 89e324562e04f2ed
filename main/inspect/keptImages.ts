import { choiceOf } from '../../core/data/datasetView.ts'
import type { InspectImage } from '../../core/contract/inspectContract.ts'
import type { ImageChoice } from '../../core/inspect/imageChoice.ts'
import type { LookImage } from '../../core/inspect/looking.ts'
import { canonicalJson } from '../../core/numbers/canonicalJson.ts'
import type { RunConfig } from '../../core/run/run.ts'
import { RecentAnswers } from '../engine/shared/recentAnswers.ts'

/** An image with its pixels. */
export interface FoundImage extends Omit<LookImage, 'image'> {
  readonly pixels: Uint8Array
  /** As the engine is told of it. */
  readonly order: InspectImage
}

/** What decides which image a choice means. */
export type ImageData = Pick<RunConfig, 'data'>

/** Bytes of pixels that are kept. */
const kept = 4_000_000

/** The images that were looked at last: a page asks about the same one many times, with each checkpoint anew. */
export class KeptImages {
  readonly #kept = new RecentAnswers<FoundImage>(kept, ({ pixels }) => pixels.byteLength)

  /** An image of prepared data, which are known by their sha256. @throws as `find` does. */
  of({ data }: ImageData, image: ImageChoice, find: () => Promise<FoundImage>): Promise<FoundImage> {
    return this.#kept.of(canonicalJson({ data: data.sha256, choice: choiceOf(data), image }), find)
  }
}
