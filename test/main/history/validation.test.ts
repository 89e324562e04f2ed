import { describe, expect, test } from 'vitest'
import type { Evaluation, RunRequest } from '../../../core/run/run.ts'
import { openHistory, temporaryHome } from './temporaryHome.ts'
import { addCheckpoint, addSteps, request } from './testRun.ts'

const held: RunRequest = {
  ...request,
  config: { ...request.config, data: { ...request.config.data, validationShare: 0.1 } },
  patience: 2,
}
const evaluation = (step: number, accuracy: number, onValidation: number): Evaluation => ({
  step,
  loss: 1,
  accuracy,
  validation: { loss: 0.5, accuracy: onValidation },
})

describe('a run with images held out', () => {
  test('has its best evaluation chosen on them, not on the test set, and tells how many came after it', () => {
    const history = openHistory(temporaryHome())
    const { id } = history.createRun(held, 45_000)
    expect(history.run(id)).toMatchObject({ patience: 2, best: null, evaluationsSinceBest: 0 })
    addSteps(history, id, 1, 40)
    const evaluations = [
      evaluation(10, 0.9, 0.2),
      evaluation(20, 0.3, 0.6),
      evaluation(30, 0.8, 0.6),
      evaluation(40, 0.7, 0.5),
    ]
    for (const one of evaluations) history.addEvaluation(id, one, 1)
    expect(history.run(id)).toMatchObject({ best: evaluations[1], last: evaluations[3], evaluationsSinceBest: 2 })
  })

  test('keeps the checkpoint of that evaluation, however many there are', () => {
    const home = temporaryHome()
    const history = openHistory(home)
    const { id } = history.createRun(held, 45_000)
    addSteps(history, id, 1, 60)
    for (let step = 1; step <= 60; step += 1) {
      history.addEvaluation(id, evaluation(step, step / 100, step === 33 ? 0.9 : 0.1), 1)
      addCheckpoint(home, history, id, step)
      history.pruneCheckpoints(id)
    }
    const kept = history.detail(id).checkpoints.map(({ step }) => step)
    expect(kept.length).toBeLessThan(30)
    expect(kept).toContain(33)
  })

  test('forgets with its later steps what was measured there', () => {
    const home = temporaryHome()
    const history = openHistory(home)
    const { id } = history.createRun(held, 45_000)
    addSteps(history, id, 1, 20)
    history.addEvaluation(id, evaluation(10, 0.5, 0.4), 1)
    addCheckpoint(home, history, id, 10)
    history.addEvaluation(id, evaluation(20, 0.5, 0.6), 1)
    history.endRun(id, 'paused', null)
    expect(history.continueRun(id, 10, 100)).toMatchObject({
      best: { step: 10, validation: { accuracy: 0.4 } },
      evaluationsSinceBest: 0,
    })
  })
})
