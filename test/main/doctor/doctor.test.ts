// @module-tag slow
import Database from 'better-sqlite3'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { examineHome } from '../../../main/doctor/home.ts'
import { examineSystem } from '../../../main/doctor/system.ts'
import { homePlaces, type Home } from '../../../main/files/places.ts'
import { lab } from '../cli/lab.ts'

async function temporaryHome(): Promise<Home> {
  const folder = await mkdtemp(path.join(tmpdir(), 'conv-lab-doctor-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return homePlaces(path.join(folder, 'home'))
}

async function problemsOf(home: Home): Promise<(string | null)[]> {
  return (await examineHome(home)).map(({ problem }) => problem?.code ?? null)
}

test('a computer on which all is well', async () => {
  const home = await temporaryHome()
  const { code, values, error } = await lab(home, 'doctor --json')
  expect({ code, error }).toEqual({ code: 0, error: '' })
  expect(values.slice(0, -1).map(({ part, sound }) => [part, sound])).toEqual([
    ['files', true],
    ['system', true],
    ['home', true],
    ['space', true],
    ['tensorflow', true],
    ['window', true],
  ])
  expect(values.at(-1)).toEqual({ event: 'done', problems: 0 })
})

test('the home folder of a newer program is a problem that the doctor tells, and opens nothing', async () => {
  const home = await temporaryHome()
  await mkdir(home.folder)
  const history = new Database(home.history)
  history.pragma('user_version = 1000000')
  history.close()
  const { code, output } = await lab(home, 'doctor')
  expect(code).toBe(1)
  expect(output).toContain('was written by a newer Conv Lab')
  expect(output).toMatch(/Problems found: 1\..*\n$/)
})

test('a home that is a file cannot be written', async () => {
  const home = await temporaryHome()
  await writeFile(home.folder, '')
  expect(await problemsOf(home)).toEqual(['write-failed'])
})

test('a Linux that is too old is a problem', () => {
  expect(examineSystem('2.31').problem?.code).toBe('glibc-too-old')
  expect(examineSystem('2.36').problem).toBeNull()
  expect(examineSystem(null).problem).toBeNull()
})
