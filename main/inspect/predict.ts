import { classesOf } from '../../core/network/geometry.ts'
import type { LookQuestion, Prediction } from '../../core/inspect/looking.ts'
import { entropyBits, largestIndex, probabilitiesFrom } from '../../core/inspect/probabilities.ts'
import { refuse } from '../../core/words/problems.ts'
import { floatsIn } from '../engine/shared/base64.ts'
import { classNamesOf, subjectOf, type Inspection } from './inspection.ts'
import { imageFor } from './lookedAtImage.ts'

/**
 * What a checkpoint answers for an image.
 * @throws LabError `answer-not-finite`, or as `subjectOf`, `imageFor` and the engine do.
 */
export async function predict(inspection: Inspection, question: LookQuestion): Promise<Prediction> {
  const { run, config, checkpoint, order } = subjectOf(inspection, question)
  const classes = classNamesOf(inspection, config, classesOf(config.model))
  const image = await imageFor(inspection, config, question.image)
  const answers = await inspection.engine.ask((inspect) => inspect.answers({ ...order, images: [image.order] }))
  const logits = [...floatsIn(answers.logits)]
  if (!logits.every((logit) => Number.isFinite(logit))) refuse('answer-not-finite', { run, step: checkpoint.step })
  const probabilities = probabilitiesFrom(config.model.head, logits)
  return {
    run,
    checkpoint: checkpoint.step,
    label: image.label,
    predicted: largestIndex(probabilities),
    classes: [...classes],
    logits,
    probabilities,
    entropy: entropyBits(probabilities),
  }
}
