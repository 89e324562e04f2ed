// @module-tag slow
import { existsSync } from 'node:fs'
import { expect, test } from 'vitest'
import { phrase } from '../../../core/words/phrases.ts'
import { heard, killHard, startChild } from './children/child.ts'
import { openHistory, temporaryHome } from './temporaryHome.ts'
import { problemIn, request } from './testRun.ts'

test('a second process on the same home folder is told that it is in use', async () => {
  const home = temporaryHome()
  const history = openHistory(home)
  expect(await heard(startChild('asker', home))).toEqual({
    code: 'home-in-use',
    parameters: { home: home.folder, detail: phrase('file-locked', { file: 'history.sqlite' }) },
  })
  history.createRun(request, 50_000)
  expect(history.runs()).toHaveLength(1)
})

test('so is this process, while another has it, and the folder is free as soon as that one is killed', async () => {
  const home = temporaryHome()
  const owner = startChild('owner', home)
  expect(await heard(owner)).toBe('open')
  expect(problemIn(() => openHistory(home))).toBe('home-in-use')
  await killHard(owner)
  expect(openHistory(home).runs()).toEqual([])
})

test('closing frees the folder and leaves one file', async () => {
  const home = temporaryHome()
  const history = openHistory(home)
  history.createRun(request, 50_000)
  history.close()
  history.close()
  expect([`${home.history}-wal`, `${home.history}-shm`].filter((file) => existsSync(file))).toEqual([])
  expect(await heard(startChild('asker', home))).toEqual(['interrupted'])
})
