import { describe, expect, test } from 'vitest'
import { unpackedCurve } from '../../../core/run/curve.ts'
import { unpackedRows } from '../../../core/run/metricRows.ts'
import { addSteps, request } from '../history/testRun.ts'
import { openLab } from '../openLab.ts'
import { smallHome } from '../smallHome.ts'

/** A lab whose run 1 has 300 steps and an evaluation, and run 2 has 20 steps. */
async function labWithRuns() {
  const { lab, client } = await openLab(await smallHome())
  for (const last of [300, 20]) {
    const { id } = lab.history.createRun(request, 50_000)
    addSteps(lab.history, id, 1, last)
    lab.history.addEvaluation(id, { step: last, loss: 1, accuracy: 0.5, validation: null }, 1)
    lab.history.endRun(id, 'stopped', null)
  }
  return { lab, client }
}

describe('curves asked for by one call', () => {
  test('are those of the history, in the order of the question', async () => {
    const { lab, client } = await labWithRuns()
    const curves = [
      { run: 2, metric: 'loss' },
      { run: 1, metric: 'accuracy' },
      { run: 1, metric: 'testLoss' },
    ] as const
    const answer = await client.runs.curves({ curves: [...curves], points: 50 })
    expect(answer.map((one) => ('problem' in one ? one : unpackedCurve(one)))).toEqual(
      curves.map((key) => ({ ...lab.history.curve({ ...key, points: 50 }), sequence: lab.events.sequence })),
    )
  })

  test('over a range have each step of it', async () => {
    const { client } = await labWithRuns()
    const [one] = await client.runs.curves({
      curves: [{ run: 1, metric: 'loss' }],
      points: 50,
      from: 101,
      to: 103,
    })
    expect(one).toMatchObject({ width: 1 })
    if ('problem' in one) throw new Error('it was refused')
    expect(unpackedCurve(one)).toMatchObject({ step: [101, 102, 103], mean: [1 / 101, 1 / 102, 1 / 103] })
  })

  test('of a run that is not there say so, and keep the others not back', async () => {
    const { client } = await labWithRuns()
    const answer = await client.runs.curves({
      curves: [
        { run: 9, metric: 'loss' },
        { run: 2, metric: 'loss' },
      ],
      points: 10,
    })
    expect(answer[0]).toEqual({ problem: { code: 'run-unknown', parameters: { run: 9 } } })
    expect(answer[1]).toMatchObject({ run: 2, metric: 'loss' })
  })
})

test('raw metrics are asked for a page at a time', async () => {
  const { client } = await labWithRuns()
  const page = unpackedRows(await client.runs.steps({ run: 1, after: 298, count: 100 }))
  expect(page).toEqual({ first: 299, loss: [1 / 299, 1 / 300], accuracy: [0.0299, 0.03], seconds: [149.5, 150] })
  expect(await client.runs.evaluations({ run: 1, after: null, count: 10 })).toEqual([
    { step: 300, loss: 1, accuracy: 0.5, validation: null, seconds: 150 },
  ])
})
