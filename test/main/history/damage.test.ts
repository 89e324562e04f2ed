import { createHash } from 'node:crypto'
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import Database from 'better-sqlite3'
import { describe, expect, test } from 'vitest'
import { LabError } from '../../../core/words/problems.ts'
import type { Home } from '../../../main/files/places.ts'
import { heard, killHard, startChild } from './children/child.ts'
import { openHistory, temporaryHome } from './temporaryHome.ts'
import { addCheckpoint, addSteps, problemIn, request } from './testRun.ts'

/** A home folder with a history of some pages, closed. */
function homeWithHistory(): Home {
  const home = temporaryHome()
  const history = openHistory(home)
  history.createRun(request, 50_000)
  addSteps(history, 1, 1, 2000)
  addCheckpoint(home, history, 1, 2000)
  history.close()
  return home
}

/** Hash of a file's bytes; a file that is not there has none, as an empty one. */
function hashOf(file: string): string {
  return createHash('sha256')
    .update(existsSync(file) ? readFileSync(file) : '')
    .digest('hex')
}

/** Overwrites one page of the database. */
function spoil(home: Home, pageFromStart: number): void {
  const bytes = readFileSync(home.history)
  bytes.fill(0xa5, pageFromStart * 4096, (pageFromStart + 1) * 4096)
  writeFileSync(home.history, bytes)
}

/**
 * Opening must be refused with this problem, in a sentence, and every byte of the history and its log must be as
 * before.
 */
function expectRefused(home: Home, code: string, sentence: RegExp): void {
  const before = [hashOf(home.history), hashOf(`${home.history}-wal`)]
  let thrown: unknown
  try {
    openHistory(home)
  } catch (caught) {
    thrown = caught
  }
  expect(thrown).toBeInstanceOf(LabError)
  expect(thrown).toMatchObject({ problem: { code }, message: expect.stringMatching(sentence) })
  expect([hashOf(home.history), hashOf(`${home.history}-wal`)]).toEqual(before)
}

describe('a damaged history is refused in a sentence and left as it is', () => {
  test('not a database', () => {
    const home = temporaryHome()
    mkdirSync(home.folder)
    writeFileSync(
      home.history,
      'These are the notes of somebody who chose the name history.sqlite for them.\n'.repeat(100),
    )
    expectRefused(home, 'history-damaged', /is damaged \(file is not a database\)\. It was left as it is/)
  })

  test('cut short', () => {
    const home = homeWithHistory()
    truncateSync(home.history, Math.floor(statSync(home.history).size / 4096 / 2) * 4096)
    expectRefused(home, 'history-damaged', /is damaged/)
  })

  test('overwritten in its first page', () => {
    const home = homeWithHistory()
    const bytes = readFileSync(home.history)
    bytes.fill(0xa5, 100, 4096)
    writeFileSync(home.history, bytes)
    expectRefused(home, 'history-damaged', /is damaged/)
  })

  test('overwritten in a page of metrics', () => {
    const home = homeWithHistory()
    spoil(home, Math.floor(statSync(home.history).size / 4096) - 3)
    expectRefused(home, 'history-damaged', /is damaged/)
  })

  test('overwritten while a crash has left a log beside it: the log is not copied into it', async () => {
    const home = homeWithHistory()
    const pages = Math.floor(statSync(home.history).size / 4096)
    const writer = startChild('writer', home)
    await heard(writer)
    await killHard(writer)
    expect(statSync(`${home.history}-wal`).size).toBeGreaterThan(0)
    // A page of the first run's metrics, which the second run has not touched.
    spoil(home, Math.floor((pages * 3) / 4))
    expectRefused(home, 'history-damaged', /is damaged/)
  })

  test.each(['empty', 'gone'])('%s, with only its log left', async (how) => {
    const home = temporaryHome()
    const writer = startChild('writer', home)
    await heard(writer)
    await killHard(writer)
    copyFileSync(home.history, `${home.history}.whole`)
    if (how === 'empty') truncateSync(home.history, 0)
    else rmSync(home.history)
    expectRefused(home, 'history-damaged', /only history\.sqlite-wal is left of it/)
    copyFileSync(`${home.history}.whole`, home.history)
    expect(openHistory(home).run(1).step).toBeGreaterThan(0)
  })

  test('a database of another program', () => {
    const home = temporaryHome()
    mkdirSync(home.folder)
    const other = new Database(home.history)
    other.exec('CREATE TABLE bookmarks (address TEXT)')
    other.close()
    expectRefused(home, 'history-damaged', /a database of another program/)
  })
})

test('a history of a newer Conv Lab is refused and left as it is', () => {
  const home = homeWithHistory()
  const file = new Database(home.history)
  file.pragma('user_version = 99')
  file.close()
  expectRefused(home, 'history-newer', /written by a newer Conv Lab/)
})

test('damage that shows itself only later is the same problem', () => {
  const home = temporaryHome()
  const history = openHistory(home)
  history.createRun(request, 50_000)
  history.close()
  const file = new Database(home.history)
  file.exec("UPDATE runs SET state = 'dreaming'")
  file.close()
  const again = openHistory(home)
  expect(problemIn(() => again.runs())).toBe('history-damaged')
})

test('a configuration that does not fit its schema is told in one line', () => {
  const home = homeWithHistory()
  const text = JSON.stringify({ format: 1, batch: 'many' })
  const file = new Database(home.history)
  file
    .prepare('UPDATE runs SET config = ?, config_sha256 = ?')
    .run(text, createHash('sha256').update(text).digest('hex'))
  file.close()
  const again = openHistory(home)
  expect(() => again.runs()).toThrow(
    /^The history file \S+ is damaged \(configuration of run 1: the value data must have settings of its own, and \d+ more\)\.[^\n]+$/,
  )
})

test('an empty file is a history that was just being made', () => {
  const home = temporaryHome()
  mkdirSync(home.folder)
  writeFileSync(home.history, '')
  expect(openHistory(home).createRun(request, 50_000).id).toBe(1)
})
