import type { ClassAnswer, FgsmAnswer } from '../../core/inspect/explaining.ts'
import { largestStep } from '../../core/inspect/explaining.ts'
import type { LookQuestion } from '../../core/inspect/looking.ts'
import { largestIndex, probabilitiesFrom } from '../../core/inspect/probabilities.ts'
import type { Head } from '../../core/network/model.ts'
import { refuse } from '../../core/words/problems.ts'
import { floatsIn } from '../engine/shared/base64.ts'
import { answerKey } from './answerKey.ts'
import { subjectOf, type FoundSubject, type Inspection } from './inspection.ts'
import type { StepOfSigns } from './keptExplanations.ts'
import type { FoundImage } from './keptImages.ts'
import { imageFor } from './lookedAtImage.ts'

/**
 * The smallest step along the sign of the loss's gradient that changes the answer for an image, if there is one.
 * @throws LabError `answer-not-finite`, or as `subjectOf`, `imageFor` and the engine do.
 */
export async function stepOfSigns(
  inspection: Inspection,
  question: LookQuestion,
): Promise<FoundSubject & StepOfSigns & { readonly image: FoundImage }> {
  const subject = subjectOf(inspection, question)
  const { run, checkpoint, order } = subject
  const image = await imageFor(inspection, subject.config, question.image)
  const key = answerKey(order, image.order, {})
  const found = await inspection.explained.stepsOfSigns.of(key, async () => {
    const { before, step } = await inspection.engine.ask((inspect) => inspect.fgsm({ ...order, image: image.order }))
    return {
      before: [...floatsIn(before)],
      step:
        step === null
          ? null
          : { epsilon: step.epsilon, image: floatsIn(step.image), logits: [...floatsIn(step.logits)] },
    }
  })
  if (!found.before.every(Number.isFinite)) refuse('answer-not-finite', { run, step: checkpoint.step })
  return { ...subject, ...found, image }
}

function answerOf(head: Head, logits: readonly number[]): ClassAnswer {
  const probabilities = probabilitiesFrom(head, logits)
  return { predicted: largestIndex(probabilities), probabilities }
}

/** The step in figures. @throws as `stepOfSigns` does. */
export async function fgsm(inspection: Inspection, question: LookQuestion): Promise<FgsmAnswer> {
  const { run, config, checkpoint, image, before, step } = await stepOfSigns(inspection, question)
  const { head } = config.model
  return {
    run,
    checkpoint: checkpoint.step,
    label: image.label,
    largest: largestStep,
    epsilon: step?.epsilon ?? null,
    before: answerOf(head, before),
    after: step === null ? null : answerOf(head, step.logits),
  }
}
