import { flushSync } from 'svelte'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { packedCurve, type CurveKey, type CurvesAnswer } from '../../core/run/curve.ts'
import type { LabEvent } from '../../core/contract/windowContract.ts'
import type { Metric } from '../../core/run/run.ts'
import { CurveReader } from '../../renderer/state/curveReader.ts'
import { Curves, LiveCurve } from '../../renderer/state/curves.svelte.ts'
import type { LabConnection } from '../../renderer/state/lab.svelte.ts'
import { Answers, calls, connected, LabEnd, refusal, settled, until } from './labEnd.ts'
import { sampleRun, sampleView } from './sampleRuns.ts'

interface Asked {
  readonly curves: readonly CurveKey[]
  readonly points: number
  readonly from?: number | undefined
  readonly to?: number | undefined
}

let readings: Answers<Asked, CurvesAnswer>
let end: LabEnd
let lab: LabConnection
let curve: LiveCurve

/** An answer with points at these steps, all with the same value. */
function curveOf(
  step: readonly number[],
  value: number,
  sequence: number,
  width = 1,
  metric: Metric = 'loss',
): CurvesAnswer {
  const column = step.map(() => value)
  const columns = { step, seconds: column, min: column, max: column, mean: column }
  return [packedCurve({ run: 1, metric, width, ...columns }, sequence)]
}

function steps(sequence: number, first: number, values: readonly number[], run = 1): LabEvent {
  return {
    kind: 'steps',
    sequence,
    run,
    first,
    loss: [...values],
    accuracy: [...values],
    seconds: [...values],
    imagesPerSecond: null,
  }
}

function live(metric: Metric): LiveCurve {
  return new LiveCurve({ run: 1, metric }, lab, new CurveReader(lab))
}

/** Waits until the window has received the event with this number. */
async function heard(sequence: number): Promise<void> {
  await until(() => lab.view?.status.sequence === sequence)
}

async function asked(count: number): Promise<void> {
  await until(() => readings.asked.length === count)
}

/** The first reading has two steps. It contains the events up to number 10. */
async function opened(): Promise<void> {
  curve = live('loss')
  await asked(1)
  readings.give(0, curveOf([1, 2], 5, 10))
  await until(() => curve.points !== null)
}

beforeEach(async () => {
  readings = new Answers<Asked, CurvesAnswer>()
  end = new LabEnd({ runs: { curves: calls.runs.curves.handler(readings.take) } })
  end.view = sampleView([sampleRun(1)], 10)
  lab = await connected(end)
})

afterEach(() => {
  curve.close()
  end.end()
})

describe('a live curve', () => {
  it('is read once and grows with the events of its run', async () => {
    await opened()
    end.send(steps(11, 3, [4, 3]))
    end.send(steps(12, 5, [9], 2))
    await heard(12)
    await until(() => curve.points?.step.length === 4)
    expect(curve.points?.step).toEqual([1, 2, 3, 4])
    expect(curve.points?.mean).toEqual([5, 5, 4, 3])
    expect(readings.asked).toEqual([{ curves: [{ run: 1, metric: 'loss' }], points: 1000 }])
  })

  it('has the events that came while it was read, from the number of the reading on', async () => {
    curve = live('loss')
    await asked(1)
    end.send(steps(11, 3, [4]))
    end.send(steps(12, 4, [3]))
    await heard(12)
    expect(curve.points).toBeNull()
    readings.give(0, curveOf([1, 2, 3], 5, 11))
    await until(() => curve.points !== null)
    expect(curve.points?.step).toEqual([1, 2, 3, 4])
    expect(curve.points?.mean).toEqual([5, 5, 5, 3])
  })

  it('is read anew when its run goes back, whatever the older reading answers', async () => {
    await opened()
    end.send({ kind: 'rewound', sequence: 11, run: 1, step: 1 })
    await asked(2)
    end.send({ kind: 'rewound', sequence: 12, run: 1, step: 0 })
    await asked(3)
    end.send(steps(13, 1, [7]))
    await heard(13)
    readings.give(2, curveOf([], 0, 12))
    await until(() => curve.points?.step.length === 1)
    readings.give(1, curveOf([1, 2, 3], 5, 11))
    await settled()
    expect(curve.points?.mean).toEqual([7])
  })

  it('does not mind that another run goes back', async () => {
    await opened()
    end.send({ kind: 'rewound', sequence: 11, run: 2, step: 1 })
    await heard(11)
    expect(readings.asked).toHaveLength(1)
  })

  it('is read anew after missed events', async () => {
    await opened()
    end.view = sampleView([sampleRun(1)], 50)
    end.send({ kind: 'reset', sequence: 50 })
    await asked(2)
    expect(curve.points?.step).toEqual([1, 2])
    readings.give(1, curveOf([1, 2, 3, 4], 2, 50))
    await until(() => curve.points?.step.length === 4)
  })

  it('lacks nothing where a new reading is refused', async () => {
    await opened()
    end.view = sampleView([sampleRun(1)], 50)
    end.send({ kind: 'reset', sequence: 50 })
    await asked(2)
    end.send(steps(51, 3, [4]))
    await heard(51)
    readings.refuse(1)
    await until(() => curve.problem !== null)
    expect(curve.problem).toEqual(refusal.problem)
    end.send(steps(52, 4, [3]))
    await heard(52)
    await until(() => curve.points?.step.length === 4)
    expect(curve.points?.step).toEqual([1, 2, 3, 4])
  })

  it('joins neighbours when it has grown long, without reading again', async () => {
    await opened()
    end.send(
      steps(
        11,
        3,
        Array.from({ length: 4002 }, (_, index) => index),
      ),
    )
    await until(() => curve.points?.step.at(-1) === 4004)
    expect(curve.points?.step).toEqual(Array.from({ length: 1001 }, (_, index) => 4 * (index + 1)))
    expect(curve.points?.mean.at(-1)).toBe((3998 + 3999 + 4000 + 4001) / 4)
    expect(curve.points?.min.at(-1)).toBe(3998)
    expect(readings.asked).toHaveLength(1)
  })

  it('of evaluations is read more coarsely when there are very many', async () => {
    curve = live('testLoss')
    await asked(1)
    const step = Array.from({ length: 4000 }, (_, index) => index)
    readings.give(0, curveOf(step, 1, 10, 1, 'testLoss'))
    await until(() => curve.points !== null)
    end.send({
      kind: 'evaluated',
      sequence: 11,
      run: 1,
      evaluation: { step: 4000, loss: 1, accuracy: 0.5, validation: null },
      seconds: 1,
    })
    await asked(2)
    readings.give(1, curveOf([2000, 4000], 1, 11, 2000, 'testLoss'))
    await until(() => curve.points?.step.length === 2)
  })

  it('is shown once a frame, however many events come until then', async () => {
    await opened()
    let shown = 0
    const stop = $effect.root(() => {
      $effect(() => {
        void curve.points
        shown += 1
      })
    })
    flushSync()
    for (let sequence = 11; sequence < 31; sequence += 1) end.send(steps(sequence, sequence - 8, [1]))
    await until(() => curve.points?.step.length === 22)
    stop()
    expect(shown).toBeLessThan(21)
  })

  it('hears nothing once it is closed', async () => {
    await opened()
    curve.close()
    end.send(steps(11, 3, [4]))
    await heard(11)
    await settled()
    expect(curve.points?.step).toEqual([1, 2])
  })
})

describe('a closer look', () => {
  /** The full curve: 30 steps in three points. */
  async function coarse(): Promise<void> {
    curve = live('loss')
    await asked(1)
    readings.give(0, curveOf([10, 20, 30], 5, 10, 10))
    await until(() => curve.points !== null)
  }

  it('takes the place of the coarse points, and goes with them', async () => {
    await coarse()
    void curve.look({ from: 11, to: 20 })
    await asked(2)
    expect(readings.asked[1]).toEqual({ curves: [{ run: 1, metric: 'loss' }], points: 1000, from: 11, to: 20 })
    readings.give(1, curveOf([15, 20], 1, 10, 5))
    await until(() => curve.points?.step.length === 4)
    expect(curve.points?.step).toEqual([10, 15, 20, 30])
    await curve.look(null)
    await until(() => curve.points?.step.length === 3)
    expect(curve.points?.step).toEqual([10, 20, 30])
    expect(readings.asked).toHaveLength(2)
  })

  it('is asked for only where there is more to see', async () => {
    await opened()
    await curve.look({ from: 1, to: 2 })
    expect(readings.asked).toHaveLength(1)
  })

  it('shows the stretch that was chosen last, whatever answers last', async () => {
    await coarse()
    void curve.look({ from: 1, to: 10 })
    void curve.look({ from: 21, to: 30 })
    await asked(3)
    readings.give(2, curveOf([25, 30], 2, 10, 5))
    await until(() => curve.points?.step.length === 4)
    readings.give(1, curveOf([5, 10], 1, 10, 5))
    await settled()
    expect(curve.points?.step).toEqual([10, 20, 25, 30])
  })

  it('does not bring back what the run went back behind', async () => {
    await coarse()
    void curve.look({ from: 11, to: 30 })
    await asked(2)
    end.send({ kind: 'rewound', sequence: 11, run: 1, step: 20 })
    await asked(3)
    readings.give(2, curveOf([10, 20], 5, 11, 10))
    await until(() => curve.points?.step.length === 2)
    readings.give(1, curveOf([15, 20, 25, 30], 1, 10, 5))
    await asked(4)
    expect(curve.points?.step).toEqual([10, 20])
    readings.give(3, curveOf([15, 20], 2, 11, 5))
    await until(() => curve.points?.step.length === 3)
    expect(curve.points?.mean).toEqual([5, 2, 2])
  })

  it('grows with the steps that come, each by itself', async () => {
    await coarse()
    void curve.look({ from: 26, to: 33 })
    await asked(2)
    end.send(steps(11, 31, [7]))
    await heard(11)
    readings.give(1, curveOf([26, 27, 28, 29, 30], 1, 10))
    await until(() => curve.points?.step.length === 8)
    end.send(steps(12, 32, [8, 9, 10, 11]))
    await until(() => curve.points?.step.at(-1) === 35)
    expect(curve.points?.step).toEqual([10, 20, 26, 27, 28, 29, 30, 31, 32, 33, 35])
    expect(curve.points?.mean.slice(7)).toEqual([7, 8, 9, (7 + 8 + 9 + 10 + 11) / 5])
  })

  it('is asked for when the steps that are looked at become too many to be shown one by one', async () => {
    await opened()
    await curve.look({ from: 1, to: 2 })
    end.send(
      steps(
        11,
        3,
        Array.from({ length: 1999 }, () => 1),
      ),
    )
    await asked(2)
    expect(readings.asked[1]).toMatchObject({ from: 1, to: 2 })
    readings.give(1, curveOf([1, 2], 5, 11))
    await until(() => curve.points?.step.at(0) === 1)
  })

  it('says why it was refused until another is chosen', async () => {
    await coarse()
    void curve.look({ from: 11, to: 20 })
    await asked(2)
    readings.refuse(1)
    await until(() => curve.problem !== null)
    expect(curve.points?.step).toEqual([10, 20, 30])
    await curve.look(null)
    expect(curve.problem).toBeNull()
  })
})

describe('the curves of a page', () => {
  it('are opened when they are wanted and closed when they are not', async () => {
    await opened()
    let wanted = $state.raw<CurveKey[]>([
      { run: 1, metric: 'loss' },
      { run: 1, metric: 'testLoss' },
    ])
    let curves: Curves | undefined
    const stop = $effect.root(() => {
      curves = new Curves(() => wanted, lab)
    })
    flushSync()
    await asked(2)
    expect(readings.asked[1].curves).toEqual([
      { run: 1, metric: 'loss' },
      { run: 1, metric: 'testLoss' },
    ])
    readings.give(1, [...curveOf([1], 5, 10), { problem: refusal.problem }])
    await until(() => curves?.points(1, 'loss') !== null)
    expect(curves?.problem).toEqual(refusal.problem)
    wanted = [
      { run: 1, metric: 'loss' },
      { run: 2, metric: 'loss' },
    ]
    flushSync()
    await asked(3)
    expect(curves?.problem).toBeNull()
    expect(readings.asked[2].curves).toEqual([{ run: 2, metric: 'loss' }])
    expect([curves?.points(1, 'loss')?.step, curves?.points(1, 'testLoss'), curves?.points(2, 'loss')]).toEqual([
      [1],
      null,
      null,
    ])
    stop()
    expect(curves?.points(1, 'loss')).toBeNull()
  })

  it('that join while a stretch is looked at show it too', async () => {
    let wanted = $state.raw<CurveKey[]>([{ run: 1, metric: 'loss' }])
    let curves: Curves | undefined
    const stop = $effect.root(() => {
      curves = new Curves(() => wanted, lab)
    })
    flushSync()
    await asked(1)
    readings.give(0, curveOf([10, 20], 5, 10, 10))
    await until(() => curves?.points(1, 'loss') !== null)
    curves?.look({ from: 11, to: 20 })
    await asked(2)
    wanted = [
      { run: 1, metric: 'loss' },
      { run: 1, metric: 'accuracy' },
    ]
    flushSync()
    await asked(3)
    readings.give(2, curveOf([10, 20], 5, 10, 10))
    await asked(4)
    expect(readings.asked[3]).toEqual({ curves: [{ run: 1, metric: 'accuracy' }], points: 1000, from: 11, to: 20 })
    stop()
  })
})
