import { mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { StoredPasses } from '../../../main/inspect/errors/storedPasses.ts'
import { made, passOf } from '../../core/errors/madePass.ts'

const pass = { names: ['cat', 'dog\n', ...'01234567'], pass: passOf(made.cases[0]) }
const sha256 = (sign: string): string => sign.repeat(64)

async function folder(): Promise<string> {
  const inside = await mkdtemp(path.join(tmpdir(), 'conv-lab-passes-'))
  onTestFinished(() => rm(inside, { recursive: true, force: true }))
  return path.join(inside, 'test-passes')
}

const fileIn = (where: string, sign: string): string => path.join(where, `${sha256(sign)}.pass`)

test('a pass is known after it was stored, also to the next lab', async () => {
  const where = await folder()
  const passes = new StoredPasses(where)
  expect(await passes.known(sha256('a'))).toBeNull()
  await passes.keep(sha256('a'), pass)
  expect(await passes.known(sha256('a'))).toEqual(pass)
  expect(await new StoredPasses(where).known(sha256('a'))).toEqual(pass)
  expect(await readdir(where)).toEqual([`${sha256('a')}.pass`])
})

test.each([
  ['one bit of it has turned', (bytes: Buffer) => bytes.fill(bytes[700] ^ 1, 700, 701)],
  ['it is cut short', (bytes: Buffer) => bytes.subarray(0, bytes.length - 8)],
  ['its first line is another', (bytes: Buffer) => Buffer.concat([Buffer.from('{}\n'), bytes])],
  ['it is empty', () => Buffer.alloc(0)],
])('a file is deleted and not believed when %s', async (_, damage) => {
  const where = await folder()
  await new StoredPasses(where).keep(sha256('a'), pass)
  const file = fileIn(where, 'a')
  await writeFile(file, damage(await readFile(file)))
  const passes = new StoredPasses(where)
  expect(await passes.known(sha256('a'))).toBeNull()
  expect(await readdir(where)).toEqual([])
  await passes.keep(sha256('a'), pass)
  expect(await new StoredPasses(where).known(sha256('a'))).toEqual(pass)
})

test('a file of another checkpoint is not believed', async () => {
  const where = await folder()
  await new StoredPasses(where).keep(sha256('a'), pass)
  await writeFile(fileIn(where, 'b'), await readFile(fileIn(where, 'a')))
  expect(await new StoredPasses(where).known(sha256('b'))).toBeNull()
})

test('what a crash left half-written is removed, and the rest can be read', async () => {
  const where = await folder()
  await new StoredPasses(where).keep(sha256('a'), pass)
  await writeFile(path.join(where, '.writing-0123456789ab-x.pass'), 'half')
  const passes = new StoredPasses(where)
  expect(await passes.known(sha256('a'))).toEqual(pass)
  await passes.keep(sha256('b'), pass)
  expect((await readdir(where)).toSorted()).toEqual([`${sha256('a')}.pass`, `${sha256('b')}.pass`])
})

test('those unused for longest go when all take too much', async () => {
  const where = await folder()
  const before = new StoredPasses(where)
  for (const [index, sign] of ['a', 'b', 'c'].entries()) {
    await before.keep(sha256(sign), pass)
    await utimes(fileIn(where, sign), 1000 + index, 1000 + index)
  }
  const { length } = await readFile(fileIn(where, 'a'))
  const passes = new StoredPasses(where, 3 * length + 10)
  // Used now, so it is no longer the oldest.
  expect(await passes.known(sha256('a'))).toEqual(pass)
  await passes.keep(sha256('d'), pass)
  expect((await readdir(where)).map((name) => name[0]).toSorted()).toEqual(['a', 'c', 'd'])
  await new StoredPasses(where, 1).keep(sha256('e'), pass)
  expect(await readdir(where)).toEqual([`${sha256('e')}.pass`])
})

test('a pass that cannot be written is known all the same', async () => {
  const where = await folder()
  await writeFile(where, 'no folder')
  const passes = new StoredPasses(where)
  await expect(passes.keep(sha256('a'), pass)).rejects.toThrow('could not be written')
  expect(await passes.known(sha256('a'))).toEqual(pass)
})
