import type { RunSummary } from '../../core/run/run.ts'
import { endNotice } from '../text/endNotice.ts'
import { shownRun } from '../text/runFigures.ts'
import { type Appearance, appearance } from './appearance.svelte.ts'
import { type LabConnection, lab } from './lab.svelte.ts'
import { addressOf } from './routes.ts'
import { route } from './route.svelte.ts'
import { browserNotices, type SystemNotices } from './systemNotices.ts'

/** The runs of these that have ended or failed since they were training. A run that a person held has not. */
export function endedRuns(trained: readonly number[], runs: readonly RunSummary[]): RunSummary[] {
  return runs.filter(
    ({ id, state }) => trained.includes(id) && (state === 'done' || state === 'failed' || state === 'interrupted'),
  )
}

/** Whether the page shows this run now to somebody who looks. */
function isLookedAt(run: number, runs: readonly RunSummary[]): boolean {
  if (document.visibilityState !== 'visible' || !document.hasFocus() || route.current.page !== 'train') return false
  return (route.current.run ?? shownRun(runs)?.id) === run
}

/** Hears when runs end: tells the person through the system, and remembers what was not seen yet. */
export class Notices {
  readonly #lab: Pick<LabConnection, 'listen' | 'view'>
  readonly #appearance: Pick<Appearance, 'chosen' | 'choose' | 'format' | 'language'>
  readonly #system: SystemNotices
  readonly #isLookedAt: typeof isLookedAt
  /** The runs that were training when last heard of. */
  #trained: readonly number[] = []
  #permission = $state.raw<NotificationPermission | 'unsupported'>('default')
  /** The run that ended last and that nobody has looked at since; null when there is none. */
  unseen = $state.raw<RunSummary | null>(null)

  constructor(
    of: Pick<LabConnection, 'listen' | 'view'> = lab,
    as: Pick<Appearance, 'chosen' | 'choose' | 'format' | 'language'> = appearance,
    system: SystemNotices = browserNotices,
    looked: typeof isLookedAt = isLookedAt,
  ) {
    this.#lab = of
    this.#appearance = as
    this.#system = system
    this.#isLookedAt = looked
    this.#permission = system.permission()
    of.listen((news) => {
      if (news.kind === 'run' || news.kind === 'reread') this.#hear()
    })
  }

  /** Whether a person wants notices. */
  get isOn(): boolean {
    return this.#appearance.chosen.notices === 'on'
  }

  /** Whether nobody has said yet whether they want notices, and they are possible. */
  get isUnasked(): boolean {
    return this.#appearance.chosen.notices === 'unasked' && this.#permission === 'default'
  }

  /** What keeps wanted notices away; null if nothing does. */
  get obstacle(): 'blocked' | 'unsupported' | null {
    if (this.#permission === 'unsupported') return 'unsupported'
    return this.isOn && this.#permission !== 'granted' ? 'blocked' : null
  }

  /** Switches notices on or off. Switching them on asks the browser for leave, which it asks the person once. */
  async choose(on: boolean): Promise<void> {
    if (on && this.#permission !== 'unsupported') this.#permission = await this.#system.ask()
    await this.#appearance.choose({ notices: on && this.#permission !== 'unsupported' ? 'on' : 'off' })
  }

  /** Forgets the run that ended last once the person looks at it. */
  look(): void {
    if (this.unseen !== null && this.#isLookedAt(this.unseen.id, this.#runs)) this.unseen = null
  }

  get #runs(): readonly RunSummary[] {
    return this.#lab.view?.runs ?? []
  }

  #hear(): void {
    const runs = this.#runs
    for (const run of endedRuns(this.#trained, runs)) this.#tell(run)
    this.#trained = runs.filter(({ state }) => state === 'training').map(({ id }) => id)
    // What ended before is no news once the next one trains.
    if (this.#trained.length > 0) this.unseen = null
  }

  #tell(run: RunSummary): void {
    if (this.#isLookedAt(run.id, this.#runs)) return
    this.unseen = run
    if (!this.isOn || this.#permission !== 'granted') return
    const { title, body } = endNotice(run, this.#lab.view?.datasets ?? [], this.#appearance)
    this.#system.show(title, {
      body,
      tag: `run-${run.id}`,
      onclick: () => {
        window.location.hash = addressOf('train', run.id)
      },
    })
  }
}

export const notices = new Notices()
