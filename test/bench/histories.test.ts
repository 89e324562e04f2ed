import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { madeHistories, makeHistory, type MadeHistory } from '../../bench/histories/makeHistories.ts'
import { canonicalJson } from '../../core/numbers/canonicalJson.ts'
import { homePlaces } from '../../main/files/places.ts'
import { History } from '../../main/history/history.ts'

/** A folder that is gone at the end of the test. */
function folder(): string {
  const made = mkdtempSync(path.join(tmpdir(), 'conv-lab-histories-'))
  onTestFinished(() => rmSync(made, { recursive: true, force: true }))
  return made
}

function made(history: MadeHistory): History {
  const opened = History.open(homePlaces(makeHistory(folder(), history, () => undefined)))
  onTestFinished(() => opened.close())
  return opened
}

test('a history of many runs opens as one that was trained, with repeats of different settings', () => {
  const runs = made({ ...madeHistories.many, runs: 100 }).runs()
  expect(runs).toHaveLength(100)
  expect(new Set(runs.map(({ configSha256 }) => configSha256)).size).toBe(100)
  const points = new Set(runs.map(({ config }) => canonicalJson({ ...config, seed: 0 })))
  expect(points.size).toBe(20)
  expect(new Set(runs.map(({ config }) => config.data.dataset)).size).toBe(3)
  expect(new Set(runs.map(({ state }) => state)).size).toBeGreaterThan(3)
  expect(runs.filter(({ best }) => best !== null).length).toBeGreaterThan(75)
})

test('a history of long runs has each step and its summaries', () => {
  const history = made({ ...madeHistories.long, runs: 2, steps: 20_000 })
  const steps = history.curve({ run: 2, metric: 'loss', points: 100, from: 14_901, to: 15_000 })
  expect(steps.step).toEqual(Array.from({ length: 100 }, (_, index) => 14_901 + index))
  expect(steps.min).toEqual(steps.max)
  const whole = history.curve({ run: 2, metric: 'loss', points: 100 })
  expect(whole.step.at(-1)).toBe(20_000)
  expect(whole.min.every((value, index) => value < whole.max[index])).toBe(true)
})

test('a home folder that is there is left alone', () => {
  const within = folder()
  const one = { name: 'one', runs: 1 }
  makeHistory(within, one, () => undefined)
  expect(() => makeHistory(within, one, () => undefined)).toThrow('is there already')
})
