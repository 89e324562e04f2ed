// @module-tag slow
import Database from 'better-sqlite3'
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, test } from 'vitest'
import { problem } from '../../../core/words/problems.ts'
import { examineHome } from '../../../main/doctor/home.ts'
import { examineSystem } from '../../../main/doctor/system.ts'
import { HomeOwner } from '../../../main/files/homeOwner.ts'
import { openLog } from '../../../main/files/log.ts'
import { homePlaces, type Home } from '../../../main/files/places.ts'
import { lab } from '../cli/lab.ts'
import { temporaryFolder } from '../shells/fixtures.ts'

async function temporaryHome(): Promise<Home> {
  return homePlaces(path.join(await temporaryFolder(), 'home'))
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

test('a home that is owned on another computer is a problem', async () => {
  const home = await temporaryHome()
  await mkdir(home.folder)
  const owner = await HomeOwner.claim(home, openLog(home.folder), { name: 'desk-7', id: 'another' })
  await expect.poll(() => existsSync(path.join(home.folder, 'owner.json'))).toBe(true)
  expect(await problemsOf(home)).toEqual(['home-in-use'])
  await owner.close()
})

test('a part of the program that does not load is a problem of the home that needs it', async () => {
  const home = await temporaryHome()
  await mkdir(home.folder)
  new Database(home.history).exec('CREATE TABLE anything (number INTEGER)').close()
  const examined = new URL('../../../main/doctor/home.ts', import.meta.url).href
  const script =
    `import { examineHome } from '${examined}'\n` +
    `console.log(JSON.stringify(await examineHome(${JSON.stringify(home)})))`
  const { stdout } = spawnSync(process.execPath, ['--no-addons', '--input-type=module', '--eval', script])
  expect(JSON.parse(String(stdout))).toEqual([
    { part: 'home', problem: problem('internal', { detail: expect.stringContaining('addon') }) },
  ])
})

test('a Linux that is too old is a problem', () => {
  expect(examineSystem('2.31').problem?.code).toBe('glibc-too-old')
  expect(examineSystem('2.36').problem).toBeNull()
  expect(examineSystem(null).problem).toBeNull()
})
