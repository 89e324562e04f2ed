import { untrack } from 'svelte'
import { SvelteMap } from 'svelte/reactivity'
import type { LabEvent } from '../../core/contract/windowContract.ts'
import type { CurveKey, ReadCurve } from '../../core/run/curve.ts'
import type { Metric } from '../../core/run/run.ts'
import type { Problem } from '../../core/words/problems.ts'
import type { StepRange } from '../charts/axis.ts'
import type { CurvePoints } from '../charts/curvePoints.ts'
import { withDetail } from './curveDetail.ts'
import { curvePoints, CurveReader } from './curveReader.ts'
import { inCalmFrame, inNextFrame } from '../charts/frames.ts'
import { GrowingCurve } from './growingCurve.ts'
import { type LabConnection, lab, type LabNews } from './lab.svelte.ts'

/** A live curve of each step never has more points. */
const most = 2 * curvePoints
/** A curve of more evaluations than this is read again at a coarser resolution. */
const longest = 4 * curvePoints

/** One curve. It is read once and then extended by events, which are shown together some times a second. */
export class LiveCurve {
  points = $state.raw<CurvePoints | null>(null)
  readonly close: () => void
  readonly #key: CurveKey
  readonly #reader: CurveReader
  /** Why the full curve, or the detail of a range, could not be read. */
  #wholeProblem = $state.raw<Problem | null>(null)
  #detailProblem = $state.raw<Problem | null>(null)
  problem = $derived(this.#wholeProblem ?? this.#detailProblem)
  #whole: GrowingCurve | null = null
  /** The range shown in more detail, with its curve once it has been read. */
  #range: StepRange | null = null
  #detail: GrowingCurve | null = null
  /** Events that arrived while the full curve, or the detail, is being read; null when it is not being read. */
  #missed: LabEvent[] | null = null
  #missedInDetail: LabEvent[] | null = null
  /** Numbers of the newest reads. Answers to older ones are ignored. */
  #reading = 0
  #looking = 0

  constructor(key: CurveKey, of: Pick<LabConnection, 'listen'>, reader: CurveReader) {
    this.#key = key
    this.#reader = reader
    this.close = of.listen((news) => this.#hear(news))
    void this.#read()
  }

  /** Reads a range in more detail; null goes back to the full curve. */
  async look(range: StepRange | null): Promise<void> {
    const looking = (this.#looking += 1)
    this.#range = range
    this.#detail = null
    this.#missedInDetail = null
    this.#detailProblem = null
    this.#show()
    if (range === null || this.#whole === null || this.#whole.width === 1) return
    const missed: LabEvent[] = []
    this.#missedInDetail = missed
    const answer = await this.#reader.read(this.#key, range)
    if (looking !== this.#looking) return
    this.#missedInDetail = null
    if (answer.ok) this.#detail = grown(answer.value, range, missed)
    else this.#detailProblem = answer.problem
    this.#show()
  }

  #show(): void {
    inNextFrame(this.#showNow)
  }

  readonly #showNow = (): void => {
    const whole = this.#whole?.points ?? null
    this.points = whole !== null && this.#detail !== null ? withDetail(whole, this.#detail.points) : whole
  }

  async #read(): Promise<void> {
    const reading = (this.#reading += 1)
    const missed: LabEvent[] = []
    this.#missed = missed
    const answer = await this.#reader.read(this.#key, null)
    if (reading !== this.#reading) return
    this.#missed = null
    this.#wholeProblem = answer.ok ? null : answer.problem
    if (answer.ok) this.#whole = grown(answer.value, wholeRun, missed)
    // Keep the previous curve, with the events that arrived meanwhile.
    else if (this.#whole !== null) for (const event of missed) this.#whole.hear(event)
    this.#show()
    this.#lookAgain()
  }

  /** Reads again all that is shown, because it may have changed. */
  #readAnew(): void {
    // An answer still under way describes the old state.
    this.#looking += 1
    this.#detail = null
    this.#missedInDetail = null
    void this.#read()
  }

  /** Reads the range that is looked at where it is not shown in detail and no answer is under way. */
  #lookAgain(): void {
    if (this.#range !== null && this.#detail === null && this.#missedInDetail === null) void this.look(this.#range)
  }

  #hear(news: LabNews): void {
    if (news.kind === 'reread') this.#readAnew()
    else if (!('run' in news) || news.run !== this.#key.run) return
    else if (news.kind === 'rewound') this.#readAnew()
    else this.#grow(news)
  }

  #grow(event: LabEvent): void {
    this.#missedInDetail?.push(event)
    if (this.#detail?.hear(event) === true) inCalmFrame(this.#showNow)
    if (this.#missed !== null) {
      this.#missed.push(event)
      return
    }
    if (this.#whole === null) return
    const before = this.#whole.width
    if (!this.#whole.hear(event)) return
    inCalmFrame(this.#showNow)
    if (this.#whole.length > longest) void this.#read()
    // What was shown step by step no longer is.
    if (this.#whole.width > before) this.#lookAgain()
  }
}

const wholeRun: StepRange = { from: 1, to: Infinity }

/** A curve as it was read, plus the events that arrived while it was being read. */
function grown(curve: ReadCurve, { from, to }: StepRange, missed: readonly LabEvent[]): GrowingCurve {
  const growing = new GrowingCurve(curve, { from: Math.max(1, from), to, most })
  for (const event of missed) if (event.sequence > curve.sequence) growing.hear(event)
  return growing
}

/** The curves that a page shows now. Each is opened once, and closed when no longer wanted. */
export class Curves {
  readonly #open = new SvelteMap<string, LiveCurve>()
  readonly #lab: Pick<LabConnection, 'ask' | 'listen'>
  readonly #reader: CurveReader
  /** The range that is looked at; null: all of it. */
  #range: StepRange | null = null

  /** Follows the answer of `wanted`. Call it during component initialization. */
  constructor(wanted: () => readonly CurveKey[], of: Pick<LabConnection, 'ask' | 'listen'> = lab) {
    this.#lab = of
    this.#reader = new CurveReader(of)
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
    this.#range = range
    for (const curve of this.#open.values()) void curve.look(range)
  }

  #keep(keys: readonly CurveKey[]): void {
    const names = keys.map(nameOf)
    for (const [name, curve] of this.#open) {
      if (names.includes(name)) continue
      curve.close()
      this.#open.delete(name)
    }
    for (const key of keys) {
      if (this.#open.has(nameOf(key))) continue
      const curve = new LiveCurve(key, this.#lab, this.#reader)
      this.#open.set(nameOf(key), curve)
      if (this.#range !== null) void curve.look(this.#range)
    }
  }
}

function nameOf(key: CurveKey): string {
  return `${key.run} ${key.metric}`
}
