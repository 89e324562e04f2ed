import type { QuestionId } from '../../../core/lessons/questions.ts'
import { activationTexts } from './activationTexts.ts'
import { batchTexts } from './batchTexts.ts'
import { denseTexts } from './denseTexts.ts'
import { distortionTexts } from './distortionTexts.ts'
import { landscapeTexts } from './landscapeTexts.ts'
import { mapTexts } from './mapTexts.ts'
import { neuronTexts } from './neuronTexts.ts'
import type { TextsOf } from './questionText.ts'
import { softmaxTexts } from './softmaxTexts.ts'
import { testSetTexts } from './testSetTexts.ts'
import { weightsTexts } from './weightsTexts.ts'

/** Every question of the lessons, as it is said. */
export const questionTexts: TextsOf<QuestionId> = {
  ...neuronTexts,
  ...mapTexts,
  ...activationTexts,
  ...denseTexts,
  ...softmaxTexts,
  ...landscapeTexts,
  ...batchTexts,
  ...weightsTexts,
  ...distortionTexts,
  ...testSetTexts,
}
