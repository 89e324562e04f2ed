import { expect, test } from 'vitest'
import { openHistory, temporaryHome } from './temporaryHome.ts'
import { addSteps, engine, problemIn, request } from './testRun.ts'

test('runs side by side have their accuracies at equal steps and seconds, from evaluations that were made', () => {
  const history = openHistory(temporaryHome())
  const measure = (run: number, step: number, accuracy: number): void =>
    history.addEvaluation(run, { step, loss: 1 - accuracy, accuracy, validation: null }, 0.1)
  const first = history.createRun({ ...request, goal: 40 }, 1000).id
  history.beginStretch(first, 0, engine)
  addSteps(history, first, 1, 40)
  for (const [step, accuracy] of [
    [10, 0.3],
    [25, 0.5],
    [40, 0.4],
  ])
    measure(first, step, accuracy)
  history.endRun(first, 'done', null)
  const second = history.createRun({ ...request, goal: 25, config: { ...request.config, seed: 2 } }, 1000).id
  history.beginStretch(second, 0, engine)
  addSteps(history, second, 1, 30)
  measure(second, 10, 0.35)
  measure(second, 30, 0.45)

  const { footing, findings, repeats } = history.comparison([second, first])
  expect(footing.steps).toEqual({
    basis: 'steps',
    at: 30,
    least: second,
    points: [
      {
        run: second,
        point: { step: 30, images: 3000, seconds: 15, accuracy: 0.45, loss: 0.55, best: { step: 30, accuracy: 0.45 } },
      },
      {
        run: first,
        point: { step: 25, images: 2500, seconds: 12.5, accuracy: 0.5, loss: 0.5, best: { step: 25, accuracy: 0.5 } },
      },
    ],
  })
  expect(footing.seconds?.points.map(({ point }) => point?.step)).toEqual([30, 25])
  expect(findings.map(({ kind }) => kind)).toEqual(['images', 'chosen-on-test'])
  expect(repeats.groups.map(({ runs }) => runs)).toEqual([[first], [second]])
  expect(history.commonEvaluations({ first, second })).toEqual({ total: 1, step: [10], first: [0.3], second: [0.35] })
  expect(problemIn(() => history.comparison([first, 99]))).toBe('run-unknown')
  expect(problemIn(() => history.commonEvaluations({ first, second: 99 }))).toBe('run-unknown')
})
