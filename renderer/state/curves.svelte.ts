import { untrack } from 'svelte'
import { SvelteMap } from 'svelte/reactivity'
import type { Metric } from '../../core/run/run.ts'
import type { Problem } from '../../core/words/problems.ts'
import type { LabEvent } from '../../core/contract/windowContract.ts'
import type { StepRange } from '../charts/axis.ts'
import type { CurvePoints } from '../charts/curvePoints.ts'
import { type LabConnection, lab, type LabNews } from './lab.svelte.ts'
import { isCoarse, withDetail, withEvent, withEvents, withMissed } from './liveCurve.ts'

/** Number of points to request: as many as a wide chart can show. */
const points = 1000
/** A live curve longer than this is read again at a coarser resolution. */
const longest = 4 * points

export interface CurveKey {
  readonly run: number
  readonly metric: Metric
}

/** One curve. It is read once and then extended by events. */
export class LiveCurve {
  points = $state.raw<CurvePoints | null>(null)
  readonly close: () => void
  readonly #key: CurveKey
  readonly #lab: Pick<LabConnection, 'ask' | 'listen'>
  /** Why the full curve, or the detail of a range, could not be read. */
  #wholeProblem = $state.raw<Problem | null>(null)
  #detailProblem = $state.raw<Problem | null>(null)
  problem = $derived(this.#wholeProblem ?? this.#detailProblem)
  #whole: CurvePoints | null = null
  /** The range shown in more detail, with its points once they have been read. */
  #range: StepRange | null = null
  #detail: CurvePoints | null = null
  /** Events that arrived while the full curve is being read; null when it is not being read. */
  #missed: LabEvent[] | null = null
  /** Numbers of the newest reads. Answers to older ones are ignored. */
  #reading = 0
  #looking = 0

  constructor(key: CurveKey, of: Pick<LabConnection, 'ask' | 'listen'> = lab) {
    this.#key = key
    this.#lab = of
    this.close = of.listen((news) => this.#hear(news))
    void this.#read()
  }

  /** Reads a range in more detail; null goes back to the full curve. */
  async look(range: StepRange | null): Promise<void> {
    const looking = (this.#looking += 1)
    this.#range = range
    this.#detail = null
    this.#detailProblem = null
    this.#show()
    if (range === null || this.#whole === null || !isCoarse(this.#whole)) return
    const answer = await this.#lab.ask((client) => client.runs.curve({ ...this.#key, points, ...range }))
    if (looking !== this.#looking) return
    if (answer.ok) this.#detail = answer.value
    else this.#detailProblem = answer.problem
    this.#show()
  }

  #show(): void {
    this.points = this.#whole !== null && this.#detail !== null ? withDetail(this.#whole, this.#detail) : this.#whole
  }

  async #read(): Promise<void> {
    const reading = (this.#reading += 1)
    const missed: LabEvent[] = []
    this.#missed = missed
    const answer = await this.#lab.ask((client) => client.runs.curve({ ...this.#key, points }))
    if (reading !== this.#reading) return
    this.#missed = null
    this.#wholeProblem = answer.ok ? null : answer.problem
    if (answer.ok) this.#whole = withMissed(answer.value, missed)
    // Keep the previous curve, with the events that arrived meanwhile.
    else if (this.#whole !== null) this.#whole = withEvents(this.#whole, this.#key.metric, missed)
    this.#show()
  }

  /** Reads again all that is shown, because it may have changed. */
  async #readAnew(): Promise<void> {
    this.#detail = null
    // An answer still under way describes the old state.
    this.#looking += 1
    const looking = this.#looking
    await this.#read()
    if (this.#range !== null && looking === this.#looking) await this.look(this.#range)
  }

  #hear(news: LabNews): void {
    if (news.kind === 'reread') void this.#readAnew()
    else if (!('run' in news) || news.run !== this.#key.run) return
    else if (news.kind === 'rewound') void this.#readAnew()
    else if (this.#missed !== null) this.#missed.push(news)
    else if (this.#whole !== null) {
      const grown = withEvent(this.#whole, this.#key.metric, news)
      if (grown === this.#whole) return
      this.#whole = grown
      this.#show()
      if (grown.step.length > longest) void this.#read()
    }
  }
}

/** The curves that a page shows now. Each is opened once, and closed when no longer wanted. */
export class Curves {
  readonly #open = new SvelteMap<string, LiveCurve>()
  readonly #lab: Pick<LabConnection, 'ask' | 'listen'>

  /** Follows the answer of `wanted`. Call it during component initialization. */
  constructor(wanted: () => readonly CurveKey[], of: Pick<LabConnection, 'ask' | 'listen'> = lab) {
    this.#lab = of
    $effect(() => {
      const keys = wanted()
      untrack(() => this.#keep(keys))
    })
    $effect(() => () => this.#keep([]))
  }

  points(run: number, metric: Metric): CurvePoints | null {
    return this.#open.get(nameOf({ run, metric }))?.points ?? null
  }

  get problem(): Problem | null {
    for (const curve of this.#open.values()) if (curve.problem !== null) return curve.problem
    return null
  }

  /** Shows a range of all curves in detail; null shows the full curves again. */
  look(range: StepRange | null): void {
    for (const curve of this.#open.values()) void curve.look(range)
  }

  #keep(keys: readonly CurveKey[]): void {
    const names = keys.map(nameOf)
    for (const [name, curve] of this.#open) {
      if (names.includes(name)) continue
      curve.close()
      this.#open.delete(name)
    }
    for (const key of keys) if (!this.#open.has(nameOf(key))) this.#open.set(nameOf(key), new LiveCurve(key, this.#lab))
  }
}

function nameOf(key: CurveKey): string {
  return `${key.run} ${key.metric}`
}
