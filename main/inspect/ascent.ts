import type { AscentAim, AscentEvent, AscentQuestion } from '../../core/inspect/ascending.ts'
import { imageName } from '../../core/layers/parts/fields.ts'
import { canonicalJson } from '../../core/numbers/canonicalJson.ts'
import { refuse } from '../../core/words/problems.ts'
import { floatsIn } from '../engine/shared/base64.ts'
import { checkClass, layerShape, subjectOf, type FoundSubject, type Inspection } from './inspection.ts'
import type { Ascent } from './keptExplanations.ts'
import { checkMap } from './maps.ts'

/** @throws LabError `class-number-unknown`, `layer-unknown` or `map-unknown`. */
function checkAim(subject: FoundSubject, aim: AscentAim): void {
  if (aim.kind === 'class') {
    checkClass(subject.config, aim.label)
    return
  }
  const { run, config } = subject
  const known = config.model.layers.map(({ name }) => name).join(', ')
  // The image is computed from nothing.
  if (aim.layer === imageName) refuse('layer-unknown', { layer: aim.layer, run, known })
  checkMap(aim.layer, layerShape(subject, aim.layer), aim.map)
}

type AscentStep = Extract<AscentEvent, { kind: 'progress' }> | ({ readonly kind: 'reached' } & Ascent)

/** Progress, and at last the ascent with its image. */
async function* ascending(
  inspection: Inspection,
  question: AscentQuestion,
  signal?: AbortSignal,
): AsyncGenerator<AscentStep> {
  const { engine, explained } = inspection
  const { aim, seed, steps } = question
  const subject = subjectOf(inspection, question)
  const { run, checkpoint, order } = subject
  checkAim(subject, aim)
  const key = canonicalJson({ checkpoint: order.checkpoint.sha256, aim, seed, steps })
  const known = await explained.ascents.known(key)
  if (known !== null) {
    yield { kind: 'reached', ...known }
    return
  }
  const asked = { ...order, aim, seed, steps }
  for await (const part of engine.askParts((inspect) => inspect.ascended(asked, { signal }))) {
    if (part.kind === 'progress') {
      yield part
      continue
    }
    const [before, after] = floatsIn(part.values)
    if (!Number.isFinite(before) || !Number.isFinite(after)) refuse('answer-not-finite', { run, step: checkpoint.step })
    const ascent: Ascent = { before, after, image: floatsIn(part.image) }
    explained.ascents.keep(key, ascent)
    yield { kind: 'reached', ...ascent }
  }
}

/**
 * Gradient ascent from grey noise to an image that excites a map or speaks for a class. The image itself is a picture.
 * @param signal Ends it.
 * @throws LabError `class-number-unknown`, `layer-unknown`, `map-unknown`, `answer-not-finite`, or as `subjectOf` and
 *   the engine do.
 */
export async function* ascent(
  inspection: Inspection,
  question: AscentQuestion,
  signal?: AbortSignal,
): AsyncGenerator<AscentEvent> {
  for await (const step of ascending(inspection, question, signal))
    yield step.kind === 'progress' ? step : { kind: 'reached', before: step.before, after: step.after }
}

/** The image that an ascent ends with, as it enters the network. @throws as `ascent` does. */
export async function ascentImage(inspection: Inspection, question: AscentQuestion): Promise<Float32Array> {
  for await (const step of ascending(inspection, question)) if (step.kind === 'reached') return step.image
  throw new Error('the ascent ended without an image')
}
