import type { HeatMap, OcclusionEvent, OcclusionQuestion } from '../../core/inspect/explaining.ts'
import { heatMapOf } from '../../core/inspect/heatMap.ts'
import { coveredParts } from '../../core/inspect/occlusion.ts'
import { refuse } from '../../core/words/problems.ts'
import { floatsIn } from '../engine/shared/base64.ts'
import { answerKey } from './answerKey.ts'
import { imageOfClass, type FoundQuestion } from './imageOfClass.ts'
import type { Inspection } from './inspection.ts'
import type { Occlusion } from './keptExplanations.ts'

type Covered = Extract<OcclusionEvent, { kind: 'covered' }>

/** The part of an occlusion that is about a class. @throws LabError `answer-not-finite` */
function ofClass(
  { run, config, checkpoint }: FoundQuestion,
  { label, side, stride }: OcclusionQuestion,
  { uncovered, probabilities }: Occlusion,
): Covered {
  const { rows, columns } = coveredParts(config.model.input, { side, stride })
  const classes = uncovered.length
  const values = Float32Array.from({ length: rows * columns }, (_, place) => probabilities[place * classes + label])
  const map: HeatMap | null = heatMapOf(values, { height: rows, width: columns })
  if (map === null || !Number.isFinite(uncovered[label]))
    return refuse('answer-not-finite', { run, step: checkpoint.step })
  return { kind: 'covered', uncovered: uncovered[label], map }
}

/**
 * What becomes of the probability of a class where a part of the image is covered. Another class of the same image is
 * answered at once.
 * @param signal Ends it.
 * @throws LabError `answer-not-finite`, or as `imageOfClass` and the engine do.
 */
export async function* occlusion(
  inspection: Inspection,
  question: OcclusionQuestion,
  signal?: AbortSignal,
): AsyncGenerator<OcclusionEvent> {
  const found = await imageOfClass(inspection, question)
  const { image, order } = found
  const { side, stride } = question
  const { occlusions } = inspection.explained
  const key = answerKey(order, image.order, { side, stride })
  const known = await occlusions.known(key)
  if (known !== null) {
    yield ofClass(found, question, known)
    return
  }
  const asked = { ...order, image: image.order, side, stride }
  for await (const part of inspection.engine.askParts((inspect) => inspect.occlusion(asked, { signal }))) {
    if (part.kind === 'progress') {
      yield part
      continue
    }
    const whole = { uncovered: [...floatsIn(part.uncovered)], probabilities: floatsIn(part.probabilities) }
    occlusions.keep(key, whole)
    yield ofClass(found, question, whole)
  }
}

/** The same in one answer. @throws as `occlusion` does. */
export async function wholeOcclusion(inspection: Inspection, question: OcclusionQuestion): Promise<Covered> {
  for await (const event of occlusion(inspection, question)) if (event.kind === 'covered') return event
  throw new Error('the occlusion ended without an answer')
}
