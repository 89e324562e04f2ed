// @module-tag slow
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { homePlaces } from '../../../main/files/places.ts'
import { smallHome } from '../smallHome.ts'
import { withSignals } from '../../platforms.ts'
import { lab, startLab } from './lab.ts'

/** The first address of the line that says where the mirror is. */
function addressIn(value: Record<string, unknown>): string {
  const { addresses } = value
  return Array.isArray(addresses) ? String(addresses[0]) : ''
}

test('a set of one computer comes to another through lab mirror', { timeout: 120_000 }, async () => {
  const teacher = await smallHome()
  const folder = await mkdtemp(path.join(tmpdir(), 'conv-lab-mirror-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const student = homePlaces(path.join(folder, 'student'))

  const mirror = startLab(teacher, `mirror --dir ${path.join(folder, 'served')} --host 127.0.0.1 --port 0 --json`)
  const address = addressIn(await mirror.line(({ event }) => event === 'serving'))
  expect(address).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
  await mirror.line(({ event }) => event === 'packed')
  expect(await readdir(path.join(folder, 'served'))).toEqual(['cifar-10.conv-lab'])

  expect((await lab(student, `mirror use ${address} --json`)).values.at(-1)).toEqual({ event: 'done', place: address })
  const got = await lab(student, 'dataset get cifar-10 --json')
  expect(got.values.at(-1)).toMatchObject({ event: 'done', state: 'ready', train: 300, test: 100 })
  await mirror.line(({ event, file }) => event === 'request' && file === 'cifar-10.conv-lab')
})

withSignals('Ctrl-C ends a mirror', async () => {
  const home = await smallHome()
  const mirror = startLab(home, `mirror --dir ${path.join(home.folder, 'served')} --host 127.0.0.1 --port 0 --json`)
  await mirror.line(({ event }) => event === 'serving')
  mirror.process.kill('SIGINT')
  const { code, values } = await mirror.finished
  expect({ code, last: values.at(-1) }).toEqual({ code: 0, last: { event: 'done' } })
})

test('a place that can be no mirror is refused in a sentence', { timeout: 60_000 }, async () => {
  const { code, error } = await lab(await smallHome(), 'mirror use sets')
  expect({ code, error }).toEqual({
    code: 1,
    error: expect.stringContaining('“sets” cannot be a mirror. Give the full path of a folder'),
  })
})
