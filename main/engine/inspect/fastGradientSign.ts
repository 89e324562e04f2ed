import { largestIndex, lossDirection, probabilitiesFrom } from '../../../core/inspect/probabilities.ts'
import { largestStep } from '../../../core/inspect/explaining.ts'
import type { RunConfig } from '../../../core/run/run.ts'
import { pixelScale } from '../feed/pixelScale.ts'
import { gradientByImage, logitsOf } from './answers.ts'
import type { InspectedNetwork } from './inspectedNetwork.ts'

/** The first steps that are tried, each twice the one before. */
const doubled = Array.from({ length: 12 }, (_, power) => largestStep / 2 ** (11 - power))

/** How often the distance between two steps is divided, and into how many parts. */
const divisions = 3
const parts = 8

/** A step that changes an answer. */
export interface ChangingStep {
  /** Units of a pixel of 0 to 255. */
  readonly epsilon: number
  /** The changed image as it enters the network. */
  readonly image: Float32Array
  readonly logits: readonly number[]
}

/**
 * The fast gradient sign method (Goodfellow, Shlens & Szegedy 2015): every value of an image moves by epsilon in the
 * direction in which the loss rises, and stays a pixel of 0 to 255. The label of the loss is the answer itself. The
 * smallest epsilon that changes the answer is searched by doubling, then between the last two; a still smaller one may
 * exist where the answer changes and changes back between two steps that were tried.
 * @param image As it enters the network, `[height, width, channels]`.
 * @returns the logits of the image itself, and the step, or null where none up to `largestStep` changes the answer.
 */
export function fastGradientSign(
  network: InspectedNetwork,
  { model: { head, input }, data, evaluation: { flips } }: RunConfig,
  image: Float32Array,
): { readonly before: readonly number[]; readonly step: ChangingStep | null } {
  const [before] = logitsOf(network, image, flips)
  if (!before.every(Number.isFinite)) return { before, step: null }
  const answer = largestIndex(probabilitiesFrom(head, before))
  const gradient = gradientByImage(network, image, lossDirection(head, before, answer), flips)
  const { factor, shift } = pixelScale(data.pixels, input.channels)

  const moved = (value: number, place: number, epsilon: number): number => {
    const channel = place % input.channels
    const black = shift[channel]
    const white = black + factor[channel]
    return Math.min(white, Math.max(black, value + (Math.sign(gradient[place]) * epsilon * factor[channel]) / 255))
  }
  /** The first of these steps that changes the answer, and the one before it. */
  const firstOf = (below: number, steps: readonly number[]): { below: number; step: ChangingStep } | null => {
    const images = steps.map((epsilon) => image.map((value, place) => moved(value, place, epsilon)))
    const batch = new Float32Array(steps.length * image.length)
    images.forEach((one, index) => batch.set(one, index * image.length))
    const answers = logitsOf(network, batch, flips)
    const first = answers.findIndex(
      (logits) => logits.every(Number.isFinite) && largestIndex(probabilitiesFrom(head, logits)) !== answer,
    )
    if (first === -1) return null
    const step = { epsilon: steps[first], image: images[first], logits: answers[first] }
    return { below: first === 0 ? below : steps[first - 1], step }
  }

  let found = firstOf(0, doubled)
  for (let division = 0; division < divisions && found !== null; division += 1) {
    const { below, step } = found
    const part = (step.epsilon - below) / parts
    const between = Array.from({ length: parts - 1 }, (_, index) => below + (index + 1) * part)
    found = firstOf(below, between) ?? { below: between[between.length - 1], step }
  }
  return { before, step: found?.step ?? null }
}
