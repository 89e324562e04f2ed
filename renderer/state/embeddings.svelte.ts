import { untrack } from 'svelte'
import type { Embedding, EmbeddingEvent, EmbeddingProgress, PlaneMethod } from '../../core/embedding/embedding.ts'
import type { ErredSubject } from './erredLists.ts'
import { type LabConnection, lab } from './lab.svelte.ts'
import { Pass } from './pass.svelte.ts'

/** What a plane is asked of, and how it is made. */
export interface PlaneWish {
  readonly subject: ErredSubject & { readonly sha256: string }
  readonly images: number
  readonly method: PlaneMethod
}

function keyOf({ subject: { sha256 }, images, method }: PlaneWish): string {
  return JSON.stringify([sha256, images, method])
}

/**
 * Test images of a checkpoint in a plane. The principal components come first: they are there at once, and stay in view
 * while UMAP is under way.
 */
export class Embeddings {
  readonly pass: Pass<Extract<EmbeddingEvent, { kind: 'done' }>, EmbeddingProgress>
  /** The plane in view. While another one is under way, it is not the one that was asked for last. */
  shown = $state.raw<Embedding | null>(null)
  cancelled = $state(false)
  #wish: string | null = null
  /** Which plane is in view. */
  #shown: string | null = null

  constructor(to: Pick<LabConnection, 'ask'> = lab) {
    this.pass = new Pass(to)
  }

  /** Shows a plane. What is in view stays until the next one is there, unless it is of another checkpoint. */
  async show(wish: PlaneWish): Promise<void> {
    // Untracked, so that an effect that shows it does not run again because of it.
    await untrack(async () => {
      const key = keyOf(wish)
      this.#wish = key
      this.cancelled = false
      if (this.#shown === key) {
        this.pass.forget()
        return
      }
      const principal: PlaneWish = { ...wish, method: { kind: 'pca' } }
      const isOther = this.shown?.sha256 !== wish.subject.sha256 || this.shown.asked !== wish.images
      if (isOther && wish.method.kind === 'umap') {
        await this.#ask(principal)
        if (this.#wish !== key || this.#shown !== keyOf(principal)) return
      }
      await this.#ask(wish)
    })
  }

  cancel(): void {
    this.pass.cancel()
    this.cancelled = true
  }

  async #ask(wish: PlaneWish): Promise<void> {
    const { subject, images, method } = wish
    const { run, checkpoint } = subject
    const done = await this.pass.ask((client, signal) =>
      client.errors.embedding({ run, checkpoint, images, method }, { signal }),
    )
    if (done === null) return
    this.shown = done.embedding
    this.#shown = keyOf(wish)
  }
}

/** These live as long as the window, so that a plane is there at once when its tab is opened again. */
export const embeddings = new Embeddings()
export const embeddingsBeside = new Embeddings()
