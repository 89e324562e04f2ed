import type { ColourMapName, ColourScale } from '../../../core/pictures/colourMap.ts'
import type { Picture } from '../../../core/pictures/mapGrid.ts'
import type { PictureOf, PictureQuestion } from '../../../core/inspect/pictureQuestion.ts'
import type { Inspection } from '../inspection.ts'

/** A picture, a pixel a value, and what its colours mean. */
export interface Drawing {
  readonly picture: Picture
  /** Null where the colours are those of an image, or differ from map to map. */
  readonly colours: { readonly map: ColourMapName; readonly scale: ColourScale } | null
}

/** Draws pictures of one kind. */
export type Draw<What extends PictureQuestion['what']> = (
  inspection: Inspection,
  question: PictureOf<What>,
) => Promise<Drawing>
