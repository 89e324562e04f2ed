import type { Embedding, EmbeddingStage } from '../../core/embedding/embedding.ts'
import { percent, table } from './format.ts'

/** What is counted while a plane is computed. */
export const stageWords: Readonly<Record<EmbeddingStage, string>> = {
  answers: 'images answered',
  vectors: 'images through the network',
  components: 'images, principal components',
  neighbours: 'images, nearest neighbours',
  layout: 'epochs of UMAP',
}

/** The plane as one JSON value. */
export function embeddingValue(embedding: Embedding): object {
  const { run, checkpoint, sha256, classes, layer, width, isPixels, testImages, made } = embedding
  const { numbers, labels, predicted, confidence, x, y } = embedding
  const { kind: method, ...settings } = made
  return {
    run,
    checkpoint,
    sha256,
    classes,
    layer,
    width,
    isPixels,
    testImages,
    images: numbers.length,
    method,
    ...settings,
    points: numbers.map((image, row) => ({
      image,
      true: classes[labels[row]],
      predicted: classes[predicted[row]],
      confidence: confidence[row],
      x: x[row],
      y: y[row],
    })),
  }
}

function madeText({ made }: Embedding): string {
  return made.kind === 'pca'
    ? `PCA; x has ${percent(made.explained[0])} of the variance, y ${percent(made.explained[1])}.`
    : `UMAP with ${made.neighbours} neighbours, seed ${made.seed}, ${made.epochs} epochs.`
}

/** Where each class lies, as the mean of its images. */
function classTable({ classes, labels, x, y }: Embedding): string {
  const rows = classes.flatMap((name, label) => {
    const own = labels.flatMap((of, row) => (of === label ? [row] : []))
    const mean = (values: readonly number[]): string =>
      (own.reduce((sum, row) => sum + values[row], 0) / own.length).toPrecision(4)
    return own.length === 0 ? [] : [[name, String(own.length), mean(x), mean(y)]]
  })
  return table(['CLASS', 'IMAGES', 'MEAN X', 'MEAN Y'], rows)
}

/** The plane in words. */
export function embeddingText(embedding: Embedding): string {
  const { run, checkpoint, layer, width, isPixels, testImages, asked, numbers } = embedding
  const fits = numbers.length < Math.min(asked, testImages)
  return [
    `Run ${run} at step ${checkpoint}: ${numbers.length} of ${testImages} test images by the ${width} values of ${layer}.`,
    ...(isPixels ? ['The network has no hidden layer, so these are the pixels that enter it.'] : []),
    ...(fits ? [`Vectors of so many values are kept in memory for ${numbers.length} images at most.`] : []),
    madeText(embedding),
    '',
    classTable(embedding),
  ].join('\n')
}
