import type { Split } from '../../../../core/data/dataset.ts'

/** One of a person's own pictures, with the label and part that its folder or a table states. */
export interface LabelledPicture {
  readonly picture: string
  readonly className: string
  readonly split: Split
}

/**
 * What a folder, or a word in a table, calls the images that are not trained on; `validation` counts as test where
 * there is no test.
 */
export type SplitPart = 'train' | 'validation' | 'test'

const words: Readonly<Record<string, SplitPart>> = {
  train: 'train',
  training: 'train',
  val: 'validation',
  valid: 'validation',
  validation: 'validation',
  dev: 'validation',
  test: 'test',
  testing: 'test',
}

export function partNamed(name: string): SplitPart | null {
  const word = name.trim().toLowerCase()
  return Object.hasOwn(words, word) ? words[word] : null
}

/**
 * Divides pictures of up to three parts into training and test. Validation images test if there are no test images.
 * Otherwise they train, since a run draws its own validation share from the training images.
 */
export function onTwoSides(
  pictures: readonly { readonly picture: string; readonly className: string; readonly part: SplitPart }[],
): LabelledPicture[] {
  const tests = pictures.some(({ part }) => part === 'test') ? 'test' : 'validation'
  return pictures.map(({ picture, className, part }) => ({
    picture,
    className,
    split: part === tests ? 'test' : 'train',
  }))
}
