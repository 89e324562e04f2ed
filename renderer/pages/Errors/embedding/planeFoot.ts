import type { Embedding } from '../../../../core/embedding/embedding.ts'
import * as m from '../../../messages/compiled/messages.js'
import type { Formats } from '../../../text/formats.ts'

/** Below a plane: what it is of, and how it was made. */
export function planeFoot(embedding: Embedding, format: Formats): string {
  const { layer, width, isPixels, testImages, asked, numbers, made } = embedding
  const images = format.whole(numbers.length)
  const fits = numbers.length < Math.min(asked, testImages)
  return [
    isPixels ? m.plane_pixels() : m.plane_of({ layer, width: format.whole(width) }),
    made.kind === 'pca'
      ? m.plane_made_pca({ x: format.percent(made.explained[0]), y: format.percent(made.explained[1]) })
      : m.plane_made_umap({ neighbours: format.whole(made.neighbours), seed: String(made.seed) }),
    fits
      ? m.plane_memory({ images, width: format.whole(width) })
      : m.plane_count({ images, total: format.whole(testImages) }),
  ].join(' · ')
}
