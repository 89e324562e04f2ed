import type { Embedding } from '../../../../core/embedding/embedding.ts'
import { classColours } from '../../../charts/classColours.ts'
import type { PlanePicture } from './planeFigure.ts'

/** What a person has chosen of the planes. */
export interface PlaneChoices {
  /** Whether wrong answers alone are shown. */
  readonly onlyWrong: boolean
  /** The classes that stand out, in the order in which they were chosen; empty: all. */
  readonly highlighted: readonly number[]
  /** Numbers of images in the test list. */
  readonly chosenImages: readonly number[]
}

/** The points of a plane as they are drawn. */
export function planePicture(
  embedding: Embedding,
  { onlyWrong, highlighted, chosenImages }: PlaneChoices,
  theme: 'light' | 'dark',
): PlanePicture {
  const { classes, numbers, labels, predicted } = embedding
  const chosen = new Set(chosenImages)
  return {
    points: embedding,
    labels,
    predicted,
    rows: labels.flatMap((label, row) => (onlyWrong && label === predicted[row] ? [] : [row])),
    colours: classColours(classes.length, highlighted, theme),
    highlighted: highlighted.length === 0 ? null : new Set(highlighted),
    selected: new Set(numbers.flatMap((number, row) => (chosen.has(number) ? [row] : []))),
  }
}
