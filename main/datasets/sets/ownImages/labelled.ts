import type { Split } from '../../../../core/data/dataset.ts'

/** A picture of a person's own, with what its folder or a table says of it. */
export interface LabelledPicture {
  readonly picture: string
  readonly className: string
  readonly split: Split
}

/**
 * What a folder, or a word in a table, calls the images that are not trained on; `validation` counts as test where
 * there is no test.
 */
export type Part = 'train' | 'validation' | 'test'

const words: Readonly<Record<string, Part>> = {
  train: 'train',
  training: 'train',
  val: 'validation',
  valid: 'validation',
  validation: 'validation',
  dev: 'validation',
  test: 'test',
  testing: 'test',
}

export function partNamed(name: string): Part | null {
  const word = name.trim().toLowerCase()
  return Object.hasOwn(words, word) ? words[word] : null
}

/**
 * Puts pictures of up to three parts on two sides. Images for validation test where no others do; otherwise they train,
 * since a run draws its own share for validation from those.
 */
export function onTwoSides(
  pictures: readonly { readonly picture: string; readonly className: string; readonly part: Part }[],
): LabelledPicture[] {
  const tests = pictures.some(({ part }) => part === 'test') ? 'test' : 'validation'
  return pictures.map(({ picture, className, part }) => ({
    picture,
    className,
    split: part === tests ? 'test' : 'train',
  }))
}
