import { csv } from '../errors/csvText.ts'
import type { Embedding } from './embedding.ts'

/** A plane as CSV, with English names: a row for each image, which is numbered as in the test list. */
export function embeddingCsv({ numbers, labels, predicted, confidence, x, y, classes }: Embedding): string {
  return csv([
    ['image', 'true', 'predicted', 'right', 'confidence', 'x', 'y'],
    ...numbers.map((number, row) => [
      number,
      classes[labels[row]],
      classes[predicted[row]],
      Number(labels[row] === predicted[row]),
      confidence[row],
      x[row],
      y[row],
    ]),
  ])
}
