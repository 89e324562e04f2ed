import { lookOf, looksOf, type SeriesLook } from '../ui/seriesLook.ts'
import { ticks } from '../state/ticks.svelte.ts'

class RunLooks {
  #ticked = $derived(looksOf(ticks.runs))

  /** How a run looks among those that are ticked. */
  of(run: number): SeriesLook {
    return this.#ticked.get(run) ?? lookOf(run)
  }
}

/** Looks in charts and tables, so that both show the same one. */
export const runLooks = new RunLooks()
