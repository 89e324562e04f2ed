import type { BatchOfStep, BatchQuestion, FeedSource } from '../../core/inspect/distorting.ts'
import { pictureAddress, type PictureOf } from '../../core/inspect/pictureQuestion.ts'
import { Asked } from './asked.svelte.ts'
import { type LabConnection, lab } from './lab.svelte.ts'

/** A part of a batch with its picture. */
export interface ShownBatch {
  readonly batch: BatchOfStep
  readonly picture: PictureOf<'batch'>
}

/** Waits until the browser has a picture, so that it comes into view together with its captions. */
async function loaded(address: string): Promise<void> {
  const picture = new Image()
  picture.src = address
  // One that cannot be had is seen to be missing; its images are named all the same.
  await picture.decode().catch(() => undefined)
}

/** The part of a step's batch that is in view. */
export class BatchView {
  /** The step that was chosen; null: the one that comes next. */
  step = $state<number | null>(null)
  first = $state(0)
  readonly #asked: Asked<ShownBatch>
  readonly #load: (address: string) => Promise<void>

  constructor(to: Pick<LabConnection, 'ask'> = lab, load = loaded) {
    this.#asked = new Asked(to)
    this.#load = load
  }

  get shown(): ShownBatch | null {
    return this.#asked.value
  }

  get problem(): Asked<ShownBatch>['problem'] {
    return this.#asked.problem
  }

  /** Goes to the batch of a step, at its beginning. */
  goTo(step: number | null): void {
    this.step = step
    this.first = 0
  }

  /** Asks for the chosen part; what it depends on is read at once, so that an effect asks again when it changes. */
  ask(of: FeedSource, count: number): void {
    const question: BatchQuestion = { of, step: this.step, first: this.first, count }
    this.#asked.ask(async (client) => {
      const batch = await client.look.batch(question)
      const picture = { what: 'batch', of, step: batch.step, first: batch.first, count: batch.images.length } as const
      await this.#load(pictureAddress(picture))
      return { batch, picture }
    })
  }
}
