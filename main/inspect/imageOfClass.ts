import type { LookQuestion } from '../../core/inspect/looking.ts'
import { checkClass, subjectOf, type FoundSubject, type Inspection } from './inspection.ts'
import type { FoundImage } from './keptImages.ts'
import { imageFor } from './lookedAtImage.ts'

/** A checkpoint with an image. */
export interface FoundQuestion extends FoundSubject {
  readonly image: FoundImage
}

/**
 * Finds the checkpoint and the image of a question, and checks its class.
 * @throws LabError `class-number-unknown`, or as `subjectOf` and `imageFor` do.
 */
export async function imageOfClass(
  inspection: Inspection,
  question: LookQuestion & { readonly label: number },
): Promise<FoundQuestion> {
  const subject = subjectOf(inspection, question)
  checkClass(subject.config, question.label)
  return { ...subject, image: await imageFor(inspection, subject.config, question.image) }
}
