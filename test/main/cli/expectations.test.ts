// @module-tag slow
import { expect, test } from 'vitest'
import { temporaryHome } from '../history/temporaryHome.ts'
import { addSteps, config, request } from '../history/testRun.ts'
import { History } from '../../../main/history/history.ts'
import { lab } from './lab.ts'

test('expectations are listed with what came of them, and told with their run', async () => {
  const home = temporaryHome()
  const history = History.open(home)
  const versus = { run: 1, better: 'this' } as const
  const guesses = [
    undefined,
    { accuracy: 0.62, versus, because: 'wider' },
    { accuracy: 0.5, versus: null, because: '' },
  ]
  for (const [seed, guess] of guesses.entries()) {
    const { id } = history.createRun({ ...request, config: { ...config, seed } }, 50_000, { expectation: guess })
    addSteps(history, id, 1, 10)
    history.addEvaluation(id, { step: 10, loss: 1, accuracy: [0.6, 0.584, 0.75][seed], validation: null }, 1)
    history.endRun(id, 'done', null)
  }
  const kept = history.expectations.all()
  history.close()

  const [listed] = (await lab(home, 'expectations --json')).values
  expect(listed).toMatchObject({ runs: kept, fit: { points: [{ run: 2 }, { run: 3 }], decided: 1, right: 0 } })
  expect((await lab(home, 'expectations')).output).toMatch(
    /2 +— +62\.0 % +58\.4 % +-3\.6 +better than 1 +wrong +wider\n[^]*Over 2 runs: off by 14\.3 points on average; reached minus expected is \+10\.7 on average\. Which run is better: 0 of 1 right\./,
  )
  expect((await lab(home, 'run 2')).output).toMatch(
    /Expected: 62\.0 % on the test set, better than run 1 \(“wider”\); locked .* It came out 3\.6 points less than expected\./,
  )
  expect(
    (await lab(home, 'runs --where expected>0.55 --columns id,expected,off')).output.split('\n').slice(0, 2),
  ).toEqual(['ID  EXPECTED   OFF', ' 2    62.0 %  -3.6'])
})
