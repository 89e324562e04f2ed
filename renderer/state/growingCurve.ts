import type { LabEvent } from '../../core/contract/windowContract.ts'
import { bucketOf, type ReadCurve } from '../../core/run/curve.ts'
import type { Evaluation, Metric } from '../../core/run/run.ts'
import type { CurvePoints } from '../charts/curvePoints.ts'

/** Columns of equal length that grow. */
type Columns = { -readonly [Name in keyof CurvePoints]: number[] }

type StepsEvent = Extract<LabEvent, { kind: 'steps' }>

/** The value of each metric in an evaluation; undefined for validation metrics if the run holds out no images. */
const evaluated: Partial<Record<Metric, (evaluation: Evaluation) => number | undefined>> = {
  testLoss: ({ loss }) => loss,
  testAccuracy: ({ accuracy }) => accuracy,
  validationLoss: ({ validation }) => validation?.loss,
  validationAccuracy: ({ validation }) => validation?.accuracy,
}

/** The steps that a growing curve covers, and into how many points it may grow. */
export interface GrowthLimits {
  readonly from: number
  readonly to: number
  readonly most: number
}

/**
 * A curve that grows by events. A step is put into the bucket of the curve's grid that it belongs to, and where there
 * would be too many points, two neighbours become one, of the same steps. So a step costs the same however long the run
 * is, and minimum, maximum and mean stay those of the steps.
 */
export class GrowingCurve {
  readonly #metric: Metric
  readonly #limits: GrowthLimits
  #width: number
  #columns: CurvePoints
  /** The same columns where nobody else has them; null where they must be copied before they change. */
  #own: Columns | null = null
  /** Of the last point: the steps that it covers, and the sum of their values. */
  #count = 0
  #sum = 0

  constructor({ metric, width, step, seconds, min, max, mean }: Omit<ReadCurve, 'run'>, limits: GrowthLimits) {
    this.#metric = metric
    this.#limits = limits
    this.#width = width
    this.#columns = { step, seconds, min, max, mean }
    this.#measureLast()
  }

  /** Steps of a bucket. */
  get width(): number {
    return this.#width
  }

  get length(): number {
    return this.#columns.step.length
  }

  /** The points as they are now; they do not change any more. */
  get points(): CurvePoints {
    this.#own = null
    return this.#columns
  }

  /** Takes what an event says of this curve, without the steps that it already has. @returns whether that was any. */
  hear(event: LabEvent): boolean {
    if (event.kind === 'steps' && this.#metric === 'loss') return this.#hearSteps(event, event.loss)
    if (event.kind === 'steps' && this.#metric === 'accuracy') return this.#hearSteps(event, event.accuracy)
    if (event.kind !== 'evaluated') return false
    const { step } = event.evaluation
    const value = evaluated[this.#metric]?.(event.evaluation)
    if (value === undefined || step <= (this.#columns.step.at(-1) ?? -1) || step > this.#limits.to) return false
    this.#push(step, event.seconds, value)
    return true
  }

  #hearSteps({ first, seconds }: StepsEvent, values: readonly number[]): boolean {
    const from = Math.max(first, (this.#columns.step.at(-1) ?? this.#limits.from - 1) + 1)
    const to = Math.min(first + values.length - 1, this.#limits.to)
    if (from > to) return false
    for (let step = from; step <= to; step += 1) this.#add(step, seconds[step - first], values[step - first])
    return true
  }

  #add(step: number, seconds: number, value: number): void {
    const last = this.length - 1
    if (last < 0 || bucketOf(this.#columns.step[last], this.#width) !== bucketOf(step, this.#width)) {
      if (this.length >= this.#limits.most) this.#joinNeighbours()
      this.#push(step, seconds, value)
      return
    }
    const columns = this.#owned()
    this.#count += 1
    this.#sum += value
    columns.step[last] = step
    columns.seconds[last] = seconds
    columns.min[last] = Math.min(columns.min[last], value)
    columns.max[last] = Math.max(columns.max[last], value)
    columns.mean[last] = this.#sum / this.#count
  }

  #push(step: number, seconds: number, value: number): void {
    const columns = this.#owned()
    columns.step.push(step)
    columns.seconds.push(seconds)
    columns.min.push(value)
    columns.max.push(value)
    columns.mean.push(value)
    this.#count = 1
    this.#sum = value
  }

  /** Makes the buckets twice as wide, as often as it takes until there are at most half as many as there may be. */
  #joinNeighbours(): void {
    let columns = this.#owned()
    while (columns.step.length > this.#limits.most / 2) {
      this.#width *= 2
      columns = joined(columns, this.#width, this.#limits.from)
    }
    this.#columns = this.#own = columns
    this.#measureLast()
  }

  #measureLast(): void {
    const { step, mean } = this.#columns
    const last = step.length - 1
    if (last < 0) return
    this.#count = countAt(step, last, this.#limits.from)
    this.#sum = mean[last] * this.#count
  }

  #owned(): Columns {
    if (this.#own !== null) return this.#own
    const { step, seconds, min, max, mean } = this.#columns
    const own = { step: [...step], seconds: [...seconds], min: [...min], max: [...max], mean: [...mean] }
    this.#columns = this.#own = own
    return own
  }
}

/** How many steps a point covers; a curve has no gaps. */
function countAt(step: readonly number[], index: number, from: number): number {
  return step[index] - (index === 0 ? from - 1 : step[index - 1])
}

/** The columns with one point for all that lie in one bucket of this width. */
function joined(columns: CurvePoints, width: number, from: number): Columns {
  const { step, seconds, min, max, mean } = columns
  const wide: Columns = { step: [], seconds: [], min: [], max: [], mean: [] }
  let counted = 0
  step.forEach((end, index) => {
    const count = countAt(step, index, from)
    const last = wide.step.length - 1
    if (last >= 0 && bucketOf(wide.step[last], width) === bucketOf(end, width)) {
      wide.step[last] = end
      wide.seconds[last] = seconds[index]
      wide.min[last] = Math.min(wide.min[last], min[index])
      wide.max[last] = Math.max(wide.max[last], max[index])
      wide.mean[last] = (wide.mean[last] * counted + mean[index] * count) / (counted + count)
      counted += count
      return
    }
    wide.step.push(end)
    wide.seconds.push(seconds[index])
    wide.min.push(min[index])
    wide.max.push(max[index])
    wide.mean.push(mean[index])
    counted = count
  })
  return wide
}
