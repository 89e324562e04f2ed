import type { Prediction } from '../../core/inspect/looking.ts'
import { percent, table } from './format.ts'

/** The most classes in a table. */
const toldClasses = 10

/** The class that a network takes an image for. */
export function predictedClass({ classes, predicted }: Prediction): string {
  return classes[predicted]
}

/** The true class; null for a picture that a person gave. */
export function trueClass({ classes, label }: Prediction): string | null {
  return label === null ? null : classes[label]
}

/** A prediction as one JSON value. */
export function predictionValue(prediction: Prediction, image: string): object {
  const { run, checkpoint, classes, probabilities, logits, entropy } = prediction
  return {
    run,
    checkpoint,
    image,
    true: trueClass(prediction),
    predicted: predictedClass(prediction),
    probabilities: Object.fromEntries(classes.map((name, index) => [name, probabilities[index]])),
    logits,
    entropy,
  }
}

/** The answer in a few words: `frog, 97.1 %`. */
export function predictionText(prediction: Prediction): string {
  return `${predictedClass(prediction)}, ${percent(prediction.probabilities[prediction.predicted])}`
}

/** The most probable classes, the first one first. A tanh neuron has one logit, which is that of no class. */
export function predictionTable({ classes, probabilities, logits }: Prediction): string {
  const own = logits.length === classes.length
  const rows = classes
    .map((name, index) => ({ name, share: probabilities[index], logit: own ? logits[index] : null }))
    .sort((one, other) => other.share - one.share)
    .slice(0, toldClasses)
    .map(({ name, share, logit }) => [name, percent(share), ...(logit === null ? [] : [logit.toFixed(3)])])
  return table(['CLASS', 'PROBABILITY', ...(own ? ['LOGIT'] : [])], rows)
}
