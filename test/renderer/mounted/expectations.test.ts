// @module-tag slow
import { expect, test } from 'vitest'
import type { Expectation } from '../../../core/expectations/expectation.ts'
import type { RunSummary } from '../../../core/run/run.ts'
import type { Lab } from '../../../main/lab.ts'
import ExpectationsCard from '../../../renderer/pages/Compare/ExpectationsCard.svelte'
import ExpectationResult from '../../../renderer/pages/Train/ExpectationResult.svelte'
import QueuedExpectation from '../../../renderer/pages/Train/QueuedExpectation.svelte'
import { temporaryHome } from '../../main/history/temporaryHome.ts'
import { addSteps, request } from '../../main/history/testRun.ts'
import { openLab } from '../../main/openLab.ts'
import { until } from '../labEnd.ts'
import { connectTo, element, pageText, press, says, show, typeInto } from './mountedWindow.ts'

const nothing: Expectation = { accuracy: null, versus: null, because: '' }

async function windowOf(): Promise<Lab> {
  const { lab } = await openLab(temporaryHome())
  await connectTo(lab)
  return lab
}

/** A run that is done with this accuracy on the test set. */
function doneRun({ history }: Lab, accuracy: number, expectation?: Expectation): number {
  const { id } = history.createRun(request, 50_000, { expectation })
  addSteps(history, id, 1, 10)
  history.addEvaluation(id, { step: 10, loss: 1, accuracy, validation: null }, 1)
  history.endRun(id, 'done', null)
  return id
}

test('what was expected stands beside the result, as far as there is one', async () => {
  const lab = await windowOf()
  const other = doneRun(lab, 0.6)
  const versus = { run: other, better: 'this' } as const
  const run = doneRun(lab, 0.584, { accuracy: 0.62, versus, because: 'more filters' })
  const done = lab.history.run(run)
  if (done.expectation === null) throw new Error('nothing is expected')
  const training: RunSummary = { ...done, state: 'training' }
  show(ExpectationResult, { run: training, expectation: done.expectation })
  await says('open until the run is done')
  show(ExpectationResult, { run: done, expectation: done.expectation })
  await says(/Expected 62.0 % Reached 58.4 % 3.6 points less than expected/)
  await says(`better than Run ${other} wrong: 58.40 % against 60.00 %`)
  expect(pageText()).toContain('“more filters” locked')
})

test('of a queued run it is checked where it is typed, kept, changed, and refused once the run has begun', async () => {
  const lab = await windowOf()
  const { id } = lab.history.queueRun(request, 50_000)
  show(QueuedExpectation, { run: lab.history.run(id) })
  press('button', 'What do you expect?')
  for (const wrong of ['120', '-1', 'much']) {
    typeInto('Test accuracy at the end', wrong)
    await says('A number from 0 to 100.')
    expect(element('button', 'Keep').getAttribute('aria-disabled')).toBe('true')
    press('button', 'Keep')
  }
  expect(lab.history.run(id).expectation).toBeNull()
  typeInto('Test accuracy at the end', '62.5')
  typeInto('Why?', 'more filters')
  press('button', 'Keep')
  await says('Kept.')
  expect(lab.history.run(id).expectation).toMatchObject({ accuracy: 0.625, because: 'more filters', lockedAt: null })
  typeInto('Test accuracy at the end', '')
  await until(() => !pageText().includes('Kept.'))
  typeInto('Test accuracy at the end', '62.5')
  await says('Kept.')
  typeInto('Test accuracy at the end', '')
  typeInto('Why?', '')
  press('button', 'Keep')
  await says('Kept.')
  expect(lab.history.run(id).expectation).toBeNull()
  lab.history.beginQueued(id)
  typeInto('Test accuracy at the end', '58.4')
  press('button', 'Keep')
  await says('can no longer be written or changed')
  lab.history.endRun(id, 'stopped', null)
})

test('how well expectations fit is empty at first, then a table, and from two results on a chart', async () => {
  const lab = await windowOf()
  show(ExpectationsCard, {})
  press('button', /^Expected and reached/)
  await says('You have not written down yet')
  const first = doneRun(lab, 0.5, { ...nothing, accuracy: 0.6 })
  lab.events.publish({ kind: 'run', run: lab.history.run(first) })
  await says('The chart is drawn from two runs on')
  expect(document.querySelector('[role=slider]')).toBeNull()
  const second = doneRun(lab, 0.75, { ...nothing, accuracy: 0.55, versus: { run: first, better: 'this' } })
  lab.events.publish({ kind: 'run', run: lab.history.run(second) })
  await says('2 runs: off by 15.0 points on average; reached minus expected is +5.0 points on average.')
  await says('Which run is better: 1 of 1 right.')
  expect(element('[role=slider]', 'Reached accuracy over expected accuracy').getAttribute('aria-valuetext')).toBe(
    `Run ${second}: expected 55.0\u00a0%, reached 75.0\u00a0%, 20.0 points more than expected.`,
  )
})
