import type { ErredImage, ErrorsList, ErrorsPage, ListPart } from './erredImages.ts'
import { imagesOf, isRight, notSuspected, type TestPass } from './testPass.ts'

/** Numbers of images by ascending value; equal ones by their number. */
function ascending(numbers: Uint32Array, value: (image: number) => number): Uint32Array {
  return numbers.sort((one, other) => value(one) - value(other) || one - other)
}

/** The numbers of the images of a list, in its order. */
export function listedNumbers(pass: TestPass, list: ErrorsList): Uint32Array {
  const { labels, predicted, suspected, confidence, ofLabel, margin, entropy } = pass
  const all = Uint32Array.from({ length: imagesOf(pass) }, (_, image) => image)
  switch (list.kind) {
    case 'all':
      return all
    case 'cell': {
      const inCell = all.filter(
        (image) =>
          (list.label === null || labels[image] === list.label) &&
          (list.predicted === null || predicted[image] === list.predicted),
      )
      return ascending(inCell, (image) => -confidence[image])
    }
    case 'confident-mistakes':
      return ascending(
        all.filter((image) => !isRight(pass, image)),
        (image) => -confidence[image],
      )
    case 'least-certain':
      return ascending(all, list.by === 'margin' ? (image) => margin[image] : (image) => -entropy[image])
    case 'suspect-labels':
      return ascending(
        all.filter((image) => suspected[image] !== notSuspected),
        (image) => ofLabel[image],
      )
  }
}

/** What a pass knows of an image. */
export function erredImage(pass: TestPass, image: number): ErredImage {
  const { labels, predicted, suspected, confidence, ofLabel, margin, entropy } = pass
  return {
    number: image,
    label: labels[image],
    predicted: predicted[image],
    confidence: confidence[image],
    ofLabel: ofLabel[image],
    margin: margin[image],
    entropy: entropy[image],
    suspected: suspected[image] === notSuspected ? null : suspected[image],
  }
}

/** A part of a list of images. */
export function errorsPage(pass: TestPass, list: ErrorsList, { from, count }: ListPart): ErrorsPage {
  const numbers = listedNumbers(pass, list)
  return {
    total: numbers.length,
    images: Array.from(numbers.subarray(from, from + count), (image) => erredImage(pass, image)),
  }
}
