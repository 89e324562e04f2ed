import { flushSync } from 'svelte'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Curve, Metric } from '../../core/run/run.ts'
import type { LabEvent } from '../../core/contract/windowContract.ts'
import { type CurveKey, Curves, LiveCurve } from '../../renderer/state/curves.svelte.ts'
import type { LabConnection } from '../../renderer/state/lab.svelte.ts'
import { Answers, calls, connected, LabEnd, refusal, settled, until } from './labEnd.ts'
import { sampleRun, sampleView } from './sampleRuns.ts'

interface Asked {
  readonly run: number
  readonly metric: Metric
  readonly points: number
  readonly from?: number | undefined
  readonly to?: number | undefined
}

let readings: Answers<Asked, Curve>
let end: LabEnd
let lab: LabConnection
let curve: LiveCurve

/** A curve with points at these steps, all with the same value. */
function curveOf(step: readonly number[], value: number, sequence: number, run = 1): Curve {
  const column = step.map(() => value)
  return {
    run,
    metric: 'loss',
    step: [...step],
    seconds: column,
    min: column,
    max: column,
    mean: column,
    sequence,
  }
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

/** Waits until the window has received the event with this number. */
async function heard(sequence: number): Promise<void> {
  await until(() => lab.view?.status.sequence === sequence)
}

async function asked(count: number): Promise<void> {
  await until(() => readings.asked.length === count)
}

/** The first reading has two steps. It contains the events up to number 10. */
async function opened(): Promise<void> {
  curve = new LiveCurve({ run: 1, metric: 'loss' }, lab)
  await asked(1)
  readings.give(0, curveOf([1, 2], 5, 10))
  await until(() => curve.points !== null)
}

beforeEach(async () => {
  readings = new Answers<Asked, Curve>()
  end = new LabEnd({ runs: { curve: calls.runs.curve.handler(readings.take) } })
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
    expect(curve.points?.step).toEqual([1, 2, 3, 4])
    expect(curve.points?.mean).toEqual([5, 5, 4, 3])
    expect(readings.asked).toEqual([{ run: 1, metric: 'loss', points: 1000 }])
  })

  it('has the events that came while it was read, from the number of the reading on', async () => {
    curve = new LiveCurve({ run: 1, metric: 'loss' }, lab)
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
    expect(curve.points?.step).toEqual([1, 2, 3, 4])
  })

  it('is read more coarsely when it has grown long', async () => {
    await opened()
    end.send(
      steps(
        11,
        3,
        Array.from({ length: 4000 }, () => 1),
      ),
    )
    await asked(2)
    readings.give(1, curveOf([2001, 4002], 1, 11))
    await until(() => curve.points?.step.length === 2)
  })

  it('hears nothing once it is closed', async () => {
    await opened()
    curve.close()
    end.send(steps(11, 3, [4]))
    await heard(11)
    expect(curve.points?.step).toEqual([1, 2])
  })
})

describe('a closer look', () => {
  /** The full curve: 30 steps in three points. */
  async function coarse(): Promise<void> {
    curve = new LiveCurve({ run: 1, metric: 'loss' }, lab)
    await asked(1)
    readings.give(0, curveOf([10, 20, 30], 5, 10))
    await until(() => curve.points !== null)
  }

  it('takes the place of the coarse points, and goes with them', async () => {
    await coarse()
    void curve.look({ from: 11, to: 20 })
    await asked(2)
    expect(readings.asked[1]).toEqual({ run: 1, metric: 'loss', points: 1000, from: 11, to: 20 })
    readings.give(1, curveOf([15, 20], 1, 10))
    await until(() => curve.points?.step.length === 4)
    expect(curve.points?.step).toEqual([10, 15, 20, 30])
    await curve.look(null)
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
    readings.give(2, curveOf([25, 30], 2, 10))
    await until(() => curve.points?.step.length === 4)
    readings.give(1, curveOf([5, 10], 1, 10))
    await settled()
    expect(curve.points?.step).toEqual([10, 20, 25, 30])
  })

  it('does not bring back what the run went back behind', async () => {
    await coarse()
    void curve.look({ from: 11, to: 30 })
    await asked(2)
    end.send({ kind: 'rewound', sequence: 11, run: 1, step: 20 })
    await asked(3)
    readings.give(2, curveOf([10, 20], 5, 11))
    await until(() => curve.points?.step.length === 2)
    readings.give(1, curveOf([15, 20, 25, 30], 1, 10))
    await asked(4)
    expect(curve.points?.step).toEqual([10, 20])
    readings.give(3, curveOf([15, 20], 2, 11))
    await until(() => curve.points?.step.length === 3)
    expect(curve.points?.mean).toEqual([5, 2, 2])
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
    await asked(3)
    expect(readings.asked.slice(1).map(({ metric }) => metric)).toEqual(['loss', 'testLoss'])
    readings.give(1, curveOf([1], 5, 10))
    await until(() => curves?.points(1, 'loss') !== null)
    wanted = [
      { run: 1, metric: 'loss' },
      { run: 2, metric: 'loss' },
    ]
    flushSync()
    await asked(4)
    // The answer for a curve that is no longer wanted.
    readings.refuse(2)
    await settled()
    expect(curves?.problem).toBeNull()
    expect(readings.asked[3]).toMatchObject({ run: 2, metric: 'loss' })
    expect([curves?.points(1, 'loss')?.step, curves?.points(1, 'testLoss'), curves?.points(2, 'loss')]).toEqual([
      [1],
      null,
      null,
    ])
    stop()
    expect(curves?.points(1, 'loss')).toBeNull()
  })
})
