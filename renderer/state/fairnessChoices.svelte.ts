import type { FootingBasis } from '../../core/compare/equalFooting.ts'

/** What a person chose to see of the comparison of runs. It lives as long as the window. */
class FairnessChoices {
  open = $state(false)
  /** What of the training is made equal. */
  basis = $state<FootingBasis>('images')
}

export const fairnessChoices = new FairnessChoices()
