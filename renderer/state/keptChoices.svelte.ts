import { type KeptChoices, type KeptSubject, choiceText } from '../../core/contract/choicesContract.ts'
import type { Problem } from '../../core/words/problems.ts'
import { type ChartChoices, chartChoices } from './chartChoices.svelte.ts'
import { type ClusterForm, clusterForm } from './clusterForm.svelte.ts'
import { type LabConnection, lab } from './lab.svelte.ts'
import { type NextRun, nextRun } from './nextRun.svelte.ts'
import { type Ticks, ticks } from './ticks.svelte.ts'

/** Where the choices of a window live. */
interface Chosen {
  readonly nextRun: NextRun
  readonly charts: ChartChoices
  readonly ticks: Ticks
  readonly cluster: ClusterForm
}

/**
 * Takes what was chosen before from the home folder when the window opens, and keeps every change there. Other windows
 * take it when they open: a form does not change under a person's hands.
 */
export class ChoiceKeeper {
  /** Why the last change could not be kept. */
  problem = $state.raw<Problem | null>(null)
  readonly #lab: Pick<LabConnection, 'ask' | 'listen' | 'view'>
  readonly #chosen: Chosen
  /** Whether the home folder's choices have been taken. */
  #restored = $state(false)
  /** What the home folder has, or is about to have, as text. */
  #stored: Readonly<Record<KeptSubject, string>> | null = null
  #unwritten: Partial<KeptChoices> = {}
  #writing = false

  constructor(
    to: Pick<LabConnection, 'ask' | 'listen' | 'view'> = lab,
    chosen: Chosen = { nextRun, charts: chartChoices, ticks, cluster: clusterForm },
  ) {
    this.#lab = to
    this.#chosen = chosen
    to.listen((news) => {
      if (news.kind !== 'reread') return
      if (!this.#restored) this.#restore()
      else if (this.problem !== null) this.#keep(this.#now())
    })
  }

  /** Keeps changes from now on. Returns a function that ends it. */
  follow(): () => void {
    return $effect.root(() => {
      $effect(() => this.#keepNew())
    })
  }

  #now(): KeptChoices {
    const { nextRun, charts, ticks, cluster } = this.#chosen
    return { nextRun: nextRun.kept(), charts: charts.kept(), ticks: [...ticks.runs], cluster: cluster.kept() }
  }

  #restore(): void {
    const { view } = this.#lab
    if (view === null) return
    const { nextRun, charts, ticks, cluster } = this.#chosen
    const { choices, runs } = view
    if (choices.nextRun !== null) nextRun.restore(choices.nextRun)
    else if (choices.unreadable.includes('nextRun')) nextRun.unfitKept = [{ kind: 'unreadable' }]
    if (choices.charts !== null) charts.restore(choices.charts)
    if (choices.cluster !== null) cluster.restore(choices.cluster)
    // Runs that lie in the bin, or are no more, are not among those that were read.
    if (choices.ticks !== null) ticks.setAll(choices.ticks.filter((id) => runs.some((run) => run.id === id)))
    this.#stored = textsOf(this.#now())
    this.#restored = true
  }

  #keepNew(): void {
    const now = this.#now()
    const stored = this.#stored
    if (!this.#restored || stored === null) return
    const texts = textsOf(now)
    const { nextRun, charts, ticks, cluster } = now
    this.#stored = texts
    this.#keep({
      ...(texts.nextRun === stored.nextRun ? {} : { nextRun }),
      ...(texts.charts === stored.charts ? {} : { charts }),
      ...(texts.ticks === stored.ticks ? {} : { ticks }),
      ...(texts.cluster === stored.cluster ? {} : { cluster }),
    })
  }

  #keep(choices: Partial<KeptChoices>): void {
    this.#unwritten = { ...this.#unwritten, ...choices }
    if (!this.#writing) void this.#write()
  }

  /** One writing is under way at a time; of the changes that come meanwhile the newest are next. */
  async #write(): Promise<void> {
    this.#writing = true
    while (Object.keys(this.#unwritten).length > 0) {
      const choices = this.#unwritten
      this.#unwritten = {}
      const answer = await this.#lab.ask((client) => client.choices.write(choices))
      this.problem = answer.ok ? null : answer.problem
    }
    this.#writing = false
  }
}

function textsOf({ nextRun, charts, ticks, cluster }: KeptChoices): Record<KeptSubject, string> {
  return {
    nextRun: choiceText(nextRun),
    charts: choiceText(charts),
    ticks: choiceText(ticks),
    cluster: choiceText(cluster),
  }
}

export const choiceKeeper = new ChoiceKeeper()
