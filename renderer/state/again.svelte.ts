import { SvelteMap } from 'svelte/reactivity'
import type { DatasetEntry } from '../../core/data/dataset.ts'
import { choiceOf, viewOf } from '../../core/data/datasetView.ts'
import { networkOf } from '../../core/network/network.ts'
import { canonicalJson } from '../../core/numbers/canonicalJson.ts'
import { croppedInput } from '../../core/run/presets.ts'
import type { RunRequest, RunSummary } from '../../core/run/run.ts'
import { trainCommand } from '../../core/run/trainCommand.ts'
import type { ChosenNetwork } from '../../core/run/choices.ts'
import { type Problem, problemOf } from '../../core/words/problems.ts'
import { type LabConnection, lab } from './lab.svelte.ts'
import type { Answer } from './link.ts'
import { type NextRun, type NextRunChoices, nextRun } from './nextRun.svelte.ts'
import { Requests } from './requests.svelte.ts'
import { ticks } from './ticks.svelte.ts'

/** What the form of the next run was filled from, and what it said before. */
export interface TakenSettings {
  readonly run: number
  /** The next run as it stood before; null where something was invalid. */
  readonly before: RunRequest | null
  readonly after: RunRequest
  readonly choices: NextRunChoices
}

/** What was chosen last to train a run again, which a note beside the menu tells more of. */
export type OpenedAgain =
  | { readonly kind: 'seed' | 'seeds' | 'refused'; readonly run: number }
  /** Its command line was copied. */
  | { readonly kind: 'command'; readonly run: number; readonly command: string }

/** The subject of requests about the form of the next run, which is no run yet. */
const form = 0

/** Training again: with the settings of a run, or with other seeds. */
export class Again {
  readonly #lab: Pick<LabConnection, 'ask' | 'view'>
  readonly #next: NextRun
  readonly #requests = new Requests<'take' | 'repeat' | 'command', number>()
  readonly #added = new SvelteMap<number, readonly RunSummary[]>()
  /** What was taken last; null after it was undone or put away. */
  taken = $state.raw<TakenSettings | null>(null)
  opened = $state.raw<OpenedAgain | null>(null)

  constructor(to: Pick<LabConnection, 'ask' | 'view'> = lab, next: NextRun = nextRun) {
    this.#lab = to
    this.#next = next
  }

  /** Why the last request about a run (null: about the form) was refused. */
  problemOf(run: number | null): Problem | null {
    return this.#requests.problemOf(run ?? form)
  }

  /** Whether repeats of a run (null: of the form) are being added. */
  isRepeating(run: number | null): boolean {
    return this.#requests.isPending('repeat', run ?? form)
  }

  /** The repeats of a run (null: of the form) that were added last. */
  addedTo(run: number | null): readonly RunSummary[] {
    return this.#added.get(run ?? form) ?? []
  }

  /** Forgets what was added to a run (null: to the form). */
  forgetAdded(run: number | null): void {
    this.#added.delete(run ?? form)
  }

  /** Fills the form of the next run with every setting of a run. Returns whether it was filled. */
  async take(run: number): Promise<boolean> {
    const answer = await this.#requests.send('take', run, async () => {
      const asked = await this.#lab.ask((client) => client.runs.request({ run }))
      if (!asked.ok) return asked
      const network = await this.#networkOf(asked.value)
      if (!network.ok) return network
      const choices = this.#next.choices()
      const { prepared } = this.#next
      try {
        const origin = this.#lab.view?.runs.find(({ id }) => id === run)?.weights ?? null
        this.#next.take(asked.value, network.value, origin)
      } catch (thrown) {
        return { ok: false, problem: problemOf(thrown) } as const
      }
      this.taken = { run, before: prepared.ok ? prepared.request : null, after: asked.value, choices }
      return { ok: true, value: null } as const
    })
    return answer?.ok === true
  }

  /** Goes back to what the form said before. */
  undo(): void {
    if (this.taken !== null) this.#next.goBack(this.taken.choices)
    this.taken = null
  }

  /**
   * Adds so many repeats of a run to the queue, each with a seed that its settings have not had. The first begins at
   * once if nothing trains. Returns whether they were added.
   */
  async repeat(run: number, count: number): Promise<boolean> {
    return this.#add(run, async () => {
      const asked = await this.#lab.ask((client) => client.runs.request({ run }))
      return asked.ok ? this.#lab.ask((client) => client.queue.repeat({ request: asked.value, count })) : asked
    })
  }

  /** Adds so many runs with the settings of the form, with seeds from the form's on that they have not had. */
  async repeatForm(count: number): Promise<boolean> {
    const { request } = this.#next
    if (request === null) return false
    return this.#add(form, () => this.#lab.ask((client) => client.queue.repeat({ request, count })))
  }

  /**
   * The command line that begins a run with the settings of this one, if need be `lab again`.
   * @returns null if the lab could not be asked.
   */
  async commandOf(run: number): Promise<string | null> {
    const answer = await this.#requests.send('command', run, () =>
      this.#lab.ask((client) => client.runs.request({ run })),
    )
    return answer?.ok === true ? commandLine(run, answer.value, this.#lab.view?.datasets ?? []) : null
  }

  /** The network of a request where it is one's own: as it is saved, or else the run's. */
  async #networkOf({ preset, network, config }: RunRequest): Promise<Answer<ChosenNetwork | null>> {
    if (network === undefined) return { ok: true, value: null }
    const { name, version } = network
    if (version !== null) {
      const saved = await this.#lab.ask((client) => client.networks.get({ name, version }))
      return saved.ok ? { ok: true, value: { origin: network, network: saved.value.network } } : saved
    }
    const { model, data } = config
    const entry = this.#lab.view?.datasets.find(({ id }) => id === data.dataset)
    const image = entry === undefined ? null : viewOf(entry, choiceOf(data)).image
    // Where the image is what the preset would give anyway, the network stays free for other data sets.
    const free = image !== null && canonicalJson(croppedInput(preset, image)) === canonicalJson(model.input)
    const own = networkOf(model)
    return { ok: true, value: { origin: network, network: free ? own : { ...own, input: model.input } } }
  }

  async #add(subject: number, ask: () => Promise<Answer<RunSummary[]>>): Promise<boolean> {
    this.#added.delete(subject)
    const answer = await this.#requests.send('repeat', subject, ask)
    if (answer?.ok !== true) return false
    this.#added.set(subject, answer.value)
    ticks.addBegun(answer.value)
    return true
  }
}

/** The command line that begins a run with the settings of a request: its options, or the run's number. */
export function commandLine(run: number, request: RunRequest, datasets: readonly DatasetEntry[]): string {
  const entry = datasets.find(({ id }) => id === request.config.data.dataset)
  return (entry === undefined ? null : trainCommand(request, entry)) ?? `lab again ${run}`
}

export const again = new Again()
