import type {
  CalibrationEvent,
  StepCosts,
  StepQuestion,
  StepTimes,
  StepTimesEvent,
} from '../../core/network/stepTimes.ts'
import { estimatedTimes } from '../../core/network/timeEstimate.ts'
import { canonicalJson } from '../../core/numbers/canonicalJson.ts'
import { isWithin } from '../../core/numbers/range.ts'
import { type LabConnection, lab } from './lab.svelte.ts'
import { type NetworkEditor, networkEditor } from './networkEditor.svelte.ts'
import { type NextRun, nextRun } from './nextRun.svelte.ts'
import { Pass } from './pass.svelte.ts'
import { formRanges, startOf } from './runForm.ts'

/** How long a step of the edited network takes here, and how that is known. */
export interface KnownTimes {
  readonly times: StepTimes
  readonly measured: boolean
  /** Whether other programs were at work while it was measured, so that it takes less without them. */
  readonly disturbed: boolean
}

/** The fastest step is rarely below this share of the median where nothing else computes. */
const undisturbed = 0.75

type Measured = Extract<StepTimesEvent, { kind: 'measured' }>
type Calibrated = Extract<CalibrationEvent, { kind: 'calibrated' }>

/** The time of a training step of the edited network, and of each of its layers, on this computer. */
export class NetworkTimes {
  readonly #lab: Pick<LabConnection, 'ask'>
  readonly #editor: Pick<NetworkEditor, 'check'>
  readonly #next: Pick<NextRun, 'form' | 'numbers'>
  /** What operations cost here; null until it is known that they were measured. */
  #costs = $state.raw<StepCosts | null>(null)
  #found = $state.raw<{ readonly question: string; readonly found: Measured } | null>(null)
  readonly measuring: Pass<Measured>
  readonly calibrating: Pass<Calibrated>

  constructor(
    to: Pick<LabConnection, 'ask'> = lab,
    editor: Pick<NetworkEditor, 'check'> = networkEditor,
    next: Pick<NextRun, 'form' | 'numbers'> = nextRun,
  ) {
    this.#lab = to
    this.#editor = editor
    this.#next = next
    this.measuring = new Pass(to)
    this.calibrating = new Pass(to)
  }

  /** The network with batch and optimizer of the next run; null while something in them is wrong. */
  question = $derived.by<StepQuestion | null>(() => {
    const { model } = this.#editor.check
    const { batch } = this.#next.numbers
    if (model === null || batch === null || !isWithin(formRanges.batch, batch)) return null
    return { model, optimizer: startOf(this.#next.form).optimizer, batch }
  })

  /** Measured if this network was, otherwise estimated if the costs are known. */
  known = $derived.by<KnownTimes | null>(() => {
    const { question } = this
    if (question === null) return null
    if (this.#found !== null && this.#found.question === canonicalJson(question)) {
      const { times, fastest } = this.#found.found
      return { times, measured: true, disturbed: fastest < undisturbed * times.secondsPerStep }
    }
    if (this.#costs === null) return null
    return { times: estimatedTimes(question, this.#costs), measured: false, disturbed: false }
  })

  /** Whether times can be estimated. */
  canEstimate = $derived(this.#costs !== null)

  /** Asks whether this computer's costs were measured before. */
  async open(): Promise<void> {
    if (this.#costs !== null) return
    const answer = await this.#lab.ask((client) => client.measure.costs())
    if (answer.ok) this.#costs = answer.value
  }

  /** Measures what operations cost here, so that every network can be estimated. */
  async calibrate(): Promise<void> {
    const calibrated = await this.calibrating.ask((client, signal) => client.measure.calibrate(undefined, { signal }))
    if (calibrated !== null) this.#costs = calibrated.costs
  }

  /** Measures this network. */
  async measure(): Promise<void> {
    const { question } = this
    if (question === null) return
    const measured = await this.measuring.ask((client, signal) => client.measure.time(question, { signal }))
    if (measured !== null) this.#found = { question: canonicalJson(question), found: measured }
  }
}

export const networkTimes = new NetworkTimes()
