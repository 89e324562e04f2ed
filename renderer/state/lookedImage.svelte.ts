import type { Problem } from '../../core/words/problems.ts'
import { giveImage } from './giveImage.ts'
import { type LabConnection, lab } from './lab.svelte.ts'
import { look, type LookView } from './look.svelte.ts'

/** A person's own picture on its way to being looked at. */
export class LookedImage {
  busy = $state(false)
  #refusal = $state.raw<{ readonly problem: Problem; readonly inView: LookView['image'] } | null>(null)
  readonly #lab: Pick<LabConnection, 'ask'>
  readonly #look: Pick<LookView, 'image'>

  constructor(to: Pick<LabConnection, 'ask'> = lab, view: Pick<LookView, 'image'> = look) {
    this.#lab = to
    this.#look = view
  }

  /** Why the last one was refused, until another image is looked at. */
  get problem(): Problem | null {
    return this.#refusal?.inView === this.#look.image ? this.#refusal.problem : null
  }

  /** Gives the lab a file and looks at it. The image in view stays where it is refused. */
  async give(file: Blob): Promise<void> {
    if (this.busy) return
    this.busy = true
    const answer = await giveImage(file, this.#lab)
    this.busy = false
    this.#refusal = answer.ok ? null : { problem: answer.problem, inView: this.#look.image }
    if (answer.ok) this.#look.image = { kind: 'given', sha256: answer.value.sha256 }
  }
}

export const lookedImage = new LookedImage()
