// @module-tag slow
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { newestArchive, MirrorOffer } from '../../../core/mirror/mirrorOffer.ts'
import { homePlaces } from '../../../main/files/places.ts'
import { ownSystem } from '../../../main/platform/ownSystem.ts'
import { smallHome } from '../smallHome.ts'
import { withSignals } from '../../platforms.ts'
import { lab, startLab } from './lab.ts'

/** The first address of the line that says where the mirror is. */
function addressIn(value: Record<string, unknown>): string {
  const { addresses } = value
  return Array.isArray(addresses) ? String(addresses[0]) : ''
}

test('a set and a newer program come to another computer through lab mirror', async () => {
  const teacher = await smallHome()
  const folder = await mkdtemp(path.join(tmpdir(), 'conv-lab-mirror-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const student = homePlaces(path.join(folder, 'student'))
  const system = ownSystem() ?? ''
  const archive = `conv-lab-999.0.0-${system}.${system.startsWith('win') ? 'zip' : 'tar.gz'}`
  const served = path.join(folder, 'served')
  await mkdir(path.join(served, 'portable'), { recursive: true })
  await writeFile(path.join(served, 'portable', archive), 'the program')

  const mirror = startLab(teacher, `mirror --dir ${served} --host 127.0.0.1 --port 0 --json`)
  const address = addressIn(await mirror.line(({ event }) => event === 'serving'))
  expect(address).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/[2-9A-Z]{6}$/)
  await mirror.line(({ event }) => event === 'packed')

  const [place, code] = [address.slice(0, -7), address.slice(-6)]
  const used = await lab(student, `mirror use ${place.slice('http://'.length)} --code ${code.toLowerCase()} --json`)
  expect(used.values.at(-1)).toEqual({ event: 'done', place: address })
  const got = await lab(student, 'dataset get cifar-10 --json')
  expect(got.values.at(-1)).toMatchObject({ event: 'done', state: 'ready', train: 300, test: 100 })
  await mirror.line(({ event, file }) => event === 'request' && file === 'cifar-10.conv-lab')

  const to = path.join(folder, 'downloads')
  await mkdir(to)
  const saved = await lab(student, `update save --to ${to} --json`)
  expect(saved.values.at(-1)).toMatchObject({ event: 'saved', file: path.join(to, archive) })
  expect(await readFile(path.join(to, archive), 'utf8')).toBe('the program')

  // Who reads the folder itself finds the same list, with the set that was packed later.
  await expect
    .poll(async () => (await readdir(served)).toSorted())
    .toEqual(['cifar-10.conv-lab', 'class-code.txt', 'offer.json', 'portable'])
  const offer = MirrorOffer.parse(JSON.parse(await readFile(path.join(served, 'offer.json'), 'utf8')))
  expect(newestArchive(offer.archives, system)?.file).toBe(archive)
  expect(offer.datasets.map(({ id }) => id)).toEqual(['cifar-10'])
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
