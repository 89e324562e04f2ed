import type { Head } from '../network/model.ts'
import { suspectedLabels } from './suspectedLabels.ts'
import type { TestPass } from './testPass.ts'

/** What is known of one image's answer. */
interface Answer {
  readonly predicted: number
  readonly rank: number
  readonly confidence: number
  readonly ofLabel: number
  readonly margin: number
  readonly entropy: number
  /** Logarithm of the sum of exp(logit): a class's logit less it is the logarithm of its probability. */
  readonly normaliser: number
}

/** What follows from the logits of one image, of which all are finite. Among equal ones the first is the answer. */
function answerOf(logits: Float32Array, label: number): Answer {
  let [predicted, next] = [0, -Infinity]
  for (let index = 1; index < logits.length; index += 1) {
    if (logits[index] > logits[predicted]) {
      next = logits[predicted]
      predicted = index
    } else if (logits[index] > next) next = logits[index]
  }
  const largest = logits[predicted]
  let [sum, weighted, rank] = [0, 0, 0]
  for (let index = 0; index < logits.length; index += 1) {
    const power = Math.exp(logits[index] - largest)
    sum += power
    weighted += power * (logits[index] - largest)
    if (logits[index] > logits[label] || (logits[index] === logits[label] && index < label)) rank += 1
  }
  const probability = (logit: number): number => Math.exp(logit - largest) / sum
  const confidence = 1 / sum
  return {
    predicted,
    rank,
    confidence,
    ofLabel: probability(logits[label]),
    margin: confidence - probability(next),
    // The entropy is the mean of -ln p = ln(sum) - (logit - largest).
    entropy: Math.max(0, (Math.log(sum) - weighted / sum) / Math.LN2),
    normaliser: largest + Math.log(sum),
  }
}

/**
 * Makes a pass of logits that come batch by batch. Probabilities are computed in double precision. A tanh neuron z is
 * taken as two logits -z and z, whose softmax is (1 - tanh z) / 2 and (1 + tanh z) / 2.
 */
export class PassBuilder {
  readonly #head: Head
  readonly #pass: TestPass
  readonly #logits: Float32Array
  readonly #normalisers: Float64Array
  #done = 0

  /** @param labels Of all images. */
  constructor(head: Head, labels: Uint16Array, classes: number) {
    const images = labels.length
    this.#head = head
    this.#logits = new Float32Array(images * classes)
    this.#normalisers = new Float64Array(images)
    this.#pass = {
      classes,
      labels,
      predicted: new Uint16Array(images),
      ranks: new Uint16Array(images),
      suspected: new Uint16Array(images),
      confidence: new Float64Array(images),
      ofLabel: new Float64Array(images),
      margin: new Float64Array(images),
      entropy: new Float64Array(images),
    }
  }

  /**
   * Adds the logits of the next images, row by row: one a class, or the single one of a tanh neuron.
   * @returns false when any of them is not finite; the pass cannot be finished then.
   */
  add(logits: Float32Array): boolean {
    if (!logits.every(Number.isFinite)) return false
    const { classes, labels, predicted, ranks, confidence, ofLabel, margin, entropy } = this.#pass
    const rows = this.#head.kind === 'tanh' ? Float32Array.from({ length: 2 * logits.length }, paired(logits)) : logits
    this.#logits.set(rows, this.#done * classes)
    for (let from = 0; from < rows.length; from += classes, this.#done += 1) {
      const image = this.#done
      const answer = answerOf(rows.subarray(from, from + classes), labels[image])
      predicted[image] = answer.predicted
      ranks[image] = answer.rank
      confidence[image] = answer.confidence
      ofLabel[image] = answer.ofLabel
      margin[image] = answer.margin
      entropy[image] = answer.entropy
      this.#normalisers[image] = answer.normaliser
    }
    return true
  }

  /** The pass, after the logits of all images. */
  finish(): TestPass {
    this.#pass.suspected.set(suspectedLabels(this.#pass, this.#logits, this.#normalisers))
    return this.#pass
  }
}

/** The logits -z, z of each z, one after another. */
function paired(neurons: Float32Array): (_: unknown, place: number) => number {
  return (_, place) => (place % 2 === 0 ? -neurons[place / 2] : neurons[(place - 1) / 2])
}
