import { exampleDataset } from '../../core/example/exampleRequests.ts'
import { isWalked, nextToWalk, type WalkFacts, WalkStep } from '../../core/start/walk.ts'
import { type Appearance, appearance } from './appearance.svelte.ts'
import { example, type ExampleControl } from './example.svelte.ts'
import { type LabConnection, lab } from './lab.svelte.ts'
import type { Page } from './routes.ts'
import type { LabView } from './view.ts'

/** The page of each step. */
export const walkPages: Readonly<Record<WalkStep, Page>> = {
  data: 'data',
  images: 'data',
  network: 'network',
  train: 'train',
  look: 'look',
  compare: 'compare',
}

/** Whether nobody has used this home folder yet, nor seen the page that introduces the lab. */
export function isFirstStart({
  preferences,
  kept,
  datasets,
}: Pick<LabView, 'preferences' | 'kept' | 'datasets'>): boolean {
  return preferences.start === 'new' && kept === 0 && datasets.every(({ state }) => state === 'absent')
}

/** The walk through the lab: which steps are done, and at which a person is. */
export class Walk {
  readonly #lab: Pick<LabConnection, 'view'>
  readonly #appearance: Pick<Appearance, 'chosen' | 'choose'>
  readonly #example: Pick<ExampleControl, 'runs' | 'isThere'>
  #facts = $derived.by<WalkFacts>(() => {
    const runs = (this.#lab.view?.runs ?? []).filter(({ id }) => this.#example.runs?.includes(id) !== true)
    // The set that the example brought is nobody's choice.
    const brought = this.#example.isThere && runs.every(({ config }) => config.data.dataset !== exampleDataset)
    const sets = (this.#lab.view?.datasets ?? []).filter(({ id }) => !brought || id !== exampleDataset)
    return {
      readySets: sets.filter(({ state }) => state === 'ready').length,
      begunRuns: runs.filter(({ step }) => step > 0).length,
      endedRuns: runs.filter(({ step, state }) => step > 0 && state !== 'training').length,
      walked: this.#appearance.chosen.walked,
    }
  })
  /** The first step that is not done; null when all are. */
  next = $derived(nextToWalk(this.#facts))
  /** The step in view; null while the walk is not shown. */
  step = $derived.by<WalkStep | null>(() => {
    const { walk } = this.#appearance.chosen
    return walk === 'off' ? null : walk
  })

  constructor(
    of: Pick<LabConnection, 'view'> = lab,
    as: Pick<Appearance, 'chosen' | 'choose'> = appearance,
    has: Pick<ExampleControl, 'runs' | 'isThere'> = example,
  ) {
    this.#lab = of
    this.#appearance = as
    this.#example = has
  }

  isDone(step: WalkStep): boolean {
    return isWalked(step, this.#facts)
  }

  /** Shows a step of the walk, or else the first that is not done; answers with it. */
  show(step: WalkStep = this.next ?? 'data'): WalkStep {
    void this.#appearance.choose({ walk: step })
    return step
  }

  /**
   * Goes on from a step.
   * @returns the step to which it goes; null at the end.
   */
  goOnFrom(step: WalkStep): WalkStep | null {
    const { walked } = this.#appearance.chosen
    const next = WalkStep.options.at(WalkStep.options.indexOf(step) + 1) ?? null
    void this.#appearance.choose({
      walk: next ?? 'off',
      walked: walked.includes(step) ? walked : [...walked, step],
    })
    return next
  }

  /** Shows the step before one; answers with it. */
  goBackFrom(step: WalkStep): WalkStep {
    return this.show(WalkStep.options[Math.max(0, WalkStep.options.indexOf(step) - 1)])
  }

  /** Hides the walk. It is taken up again at the first step that is not done. */
  leave(): void {
    void this.#appearance.choose({ walk: 'off' })
  }
}

export const walk = new Walk()
