// @module-tag slow
import { describe, expect, test } from 'vitest'
import { openLab, reached, rested, smallRequest } from '../openLab.ts'
import { smallHome } from '../smallHome.ts'

describe('an evaluation', () => {
  test('gives what the run itself measured, beside a training run too', async () => {
    const { lab, engines } = await openLab(await smallHome())
    const { id } = lab.runs.start(smallRequest(lab, { goal: 10, evaluateEvery: 5 }))
    const { last } = await rested(lab, id, 0)
    expect(await lab.runs.checkpoints.evaluate(id)).toEqual({
      run: id,
      checkpoint: 10,
      testAccuracy: last?.accuracy,
      testLoss: last?.loss,
      images: 100,
      flips: false,
    })
    await expect(lab.runs.checkpoints.evaluate(id, 7)).rejects.toMatchObject({
      problem: { code: 'checkpoint-unknown' },
    })

    const other = lab.runs.start(smallRequest(lab, { goal: 100_000 })).id
    await reached(lab, other, 1)
    expect(await lab.runs.checkpoints.evaluate(id)).toMatchObject({
      checkpoint: 10,
      testAccuracy: last?.accuracy,
      testLoss: last?.loss,
    })
    expect(lab.runs.detail(other).state).toBe('training')
    expect(engines).toHaveLength(2)
    expect(await exitOf(engines[1])).toEqual(expect.any(String))
  })

  test('under way lets a new run wait for the engine', async () => {
    const { lab, engines } = await openLab(await smallHome())
    const { id } = lab.runs.start(smallRequest(lab, { goal: 4 }))
    await rested(lab, id, 0)
    const measured = lab.runs.checkpoints.evaluate(id)
    const { sequence } = lab.events
    const other = lab.runs.start(smallRequest(lab, { goal: 4 })).id
    expect(await measured).toMatchObject({ images: 100 })
    expect(await rested(lab, other, sequence)).toMatchObject({ state: 'done', step: 4 })
    expect(engines.length).toBeLessThanOrEqual(2)
  })
})

function exitOf(engine: { onExit(listener: (detail: string) => void): void }): Promise<string> {
  return new Promise((resolve) => engine.onExit(resolve))
}
