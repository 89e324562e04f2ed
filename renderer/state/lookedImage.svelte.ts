import type { Problem } from '../../core/words/problems.ts'
import { giveImage } from './giveImage.ts'
import { type LabConnection, lab } from './lab.svelte.ts'
import { look, type LookView } from './look.svelte.ts'

/** A person's own picture on its way to being looked at. */
export class LookedImage {
  busy = $state(false)
  problem = $state.raw<Problem | null>(null)
  readonly #lab: Pick<LabConnection, 'ask'>
  readonly #look: Pick<LookView, 'image'>

  constructor(to: Pick<LabConnection, 'ask'> = lab, view: Pick<LookView, 'image'> = look) {
    this.#lab = to
    this.#look = view
  }

  /** Gives the lab a file and looks at it. The image in view stays where it is refused. */
  async give(file: Blob): Promise<void> {
    if (this.busy) return
    this.busy = true
    const answer = await giveImage(file, this.#lab)
    this.busy = false
    this.problem = answer.ok ? null : answer.problem
    if (answer.ok) this.#look.image = { kind: 'given', sha256: answer.value.sha256 }
  }
}

export const lookedImage = new LookedImage()
