import type { Problem } from '../../core/problems.ts'
import { lab } from './lab.svelte.ts'

/** Where sets are looked for before their publishers are asked. */
class MirrorPlace {
  /** Null: nowhere; undefined until it has been read. */
  stored = $state.raw<string | null | undefined>(undefined)
  problem = $state.raw<Problem | null>(null)
  busy = $state(false)

  async read(): Promise<void> {
    const answer = await lab.ask((client) => client.datasets.mirror.read())
    if (answer.ok) this.stored = answer.value.place
    this.problem = answer.ok ? null : answer.problem
  }

  /** Stores a place; an empty text stands for none. */
  async write(text: string): Promise<void> {
    const place = text.trim() === '' ? null : text.trim()
    this.busy = true
    const answer = await lab.ask((client) => client.datasets.mirror.write({ place }))
    this.busy = false
    if (answer.ok) this.stored = answer.value.place
    this.problem = answer.ok ? null : answer.problem
  }
}

export const mirrorPlace = new MirrorPlace()
