import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { type KeptNextRun, noChoices } from '../../../core/contract/choicesContract.ts'
import { usualPreferences } from '../../../core/contract/windowContract.ts'
import { openHistory, temporaryHome } from './temporaryHome.ts'

const nextRun: KeptNextRun = {
  dataset: { id: 'cifar-10', name: 'CIFAR-10' },
  dataForms: {},
  presetChosen: true,
  form: { preset: 'quick', optimizer: 'adam', schedule: null, distort: false, entered: { batch: NaN, patience: null } },
  network: null,
  taken: null,
  showsMore: false,
  weights: null,
}

test('choices stay when the home folder is opened anew, also a number that is none', () => {
  const home = temporaryHome()
  const history = openHistory(home)
  expect(history.choices.read()).toEqual(noChoices)
  history.choices.write({ nextRun, ticks: [3, 1] })
  history.choices.write({ ticks: [2] })
  history.close()
  const again = openHistory(home)
  expect(again.choices.read()).toEqual({ ...noChoices, nextRun, ticks: [2] })
  expect(again.readPreferences()).toEqual(usualPreferences)
})

test('choices that only another Conv Lab understands are named, and the others are read', () => {
  const home = temporaryHome()
  const history = openHistory(home)
  history.choices.write({ nextRun, ticks: [2] })
  history.close()
  const file = new Database(home.history)
  file.exec(`UPDATE preferences SET value = '{"preset":"of a later lab"}' WHERE name = 'choices.nextRun'`)
  file.close()
  expect(openHistory(home).choices.read()).toEqual({ ...noChoices, ticks: [2], unreadable: ['nextRun'] })
})

test('a form that an earlier Conv Lab kept begins with initial weights', () => {
  const home = temporaryHome()
  const history = openHistory(home)
  history.choices.write({ nextRun })
  history.close()
  const file = new Database(home.history)
  file.exec(`UPDATE preferences SET value = json_remove(value, '$.weights') WHERE name = 'choices.nextRun'`)
  file.close()
  expect(openHistory(home).choices.read().nextRun).toEqual(nextRun)
})

test('weights that the form begins with are needed, as long as it does', () => {
  const history = openHistory(temporaryHome())
  const sha256 = 'd'.repeat(64)
  const weights = { from: { sha256 }, origin: null, variables: ['conv_1/kernel 3x3x1x8'], frozen: null }
  history.choices.write({ nextRun: { ...nextRun, weights } })
  expect(history.choices.read().nextRun?.weights).toEqual(weights)
  expect([...history.branches.needed()]).toEqual([sha256])
  history.choices.write({ nextRun })
  expect(history.branches.needed().size).toBe(0)
})
