import type { GivenOf, OptionOf, QuestionId } from '../../../core/lessons/questions.ts'
import { activationTexts } from './activationTexts.ts'
import { batchTexts } from './batchTexts.ts'
import { denseTexts } from './denseTexts.ts'
import { distortionTexts } from './distortionTexts.ts'
import { landscapeTexts } from './landscapeTexts.ts'
import { mapTexts } from './mapTexts.ts'
import { neuronTexts } from './neuronTexts.ts'
import type { QuestionText } from './questionText.ts'
import { softmaxTexts } from './softmaxTexts.ts'
import { testSetTexts } from './testSetTexts.ts'
import { weightsTexts } from './weightsTexts.ts'

/** What questions say, of some of them. */
export type TextsOf<Ids extends QuestionId> = { readonly [Id in Ids]: QuestionText<GivenOf<Id>, OptionOf<Id>> }

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
