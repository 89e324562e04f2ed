import { lookOf, looksOf, type SeriesColour, type SeriesLook } from '../ui/seriesLook.ts'
import { lab } from '../state/lab.svelte.ts'
import { ticks } from '../state/ticks.svelte.ts'

class RunLooks {
  readonly #colours = $derived(new Map((lab.view?.runs ?? []).map(({ id, colour }) => [id, colour])))
  /** The looks of the ticked runs, which are shown together. */
  readonly ticked = $derived(looksOf(ticks.runs.map((id) => ({ id, colour: this.#colourOf(id) }))))

  /** How a run looks among those that are ticked. `colour` is the one chosen for it, if the caller knows. */
  of(run: number, colour: SeriesColour | null = this.#colourOf(run)): SeriesLook {
    return this.ticked.get(run) ?? lookOf(run, colour)
  }

  #colourOf(run: number): SeriesColour | null {
    return this.#colours.get(run) ?? null
  }
}

/** Looks in charts and tables, so that both show the same one. */
export const runLooks = new RunLooks()
