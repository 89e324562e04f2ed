import { mkdir, readdir, readFile, truncate, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { create, list } from 'tar'
import { phrase } from '../../../../core/words/phrases.ts'
import { expect, test } from 'vitest'
import { packSet, readPackHeader, unpackSet } from '../../../../main/datasets/store/packedSet.ts'
import { withFolder } from '../tinySets.ts'

const files: Readonly<Record<string, Buffer>> = {
  'set.json': Buffer.from('{}'),
  'collection/pictures': Buffer.alloc(2_000_001, 'x'),
  'collection/rows.json': Buffer.alloc(512, 'r'),
  'collection/collection.json': Buffer.from('{"format":1}'),
  'forms/64-fit-object-0.1-24/card.json': Buffer.from('{"format":2}'),
  'forms/64-fit-object-0.1-24/test.images': Buffer.alloc(0),
}
const set = { dataset: 'own-cats', name: 'Мои кошки' }

async function write(folder: string, of: Readonly<Record<string, Buffer>>): Promise<void> {
  for (const [name, bytes] of Object.entries(of)) {
    await mkdir(path.dirname(path.join(folder, name)), { recursive: true })
    await writeFile(path.join(folder, name), bytes)
  }
}

async function packed(folder: string, more: Readonly<Record<string, Buffer>> = {}): Promise<string> {
  await write(path.join(folder, 'set'), { ...files, ...more })
  const file = path.join(folder, 'new folder', 'cats.tar')
  await packSet({ folder: path.join(folder, 'set'), set, file }, () => undefined)
  return file
}

test('a set comes out of its file as it went in, and any tar program lists it', async () => {
  await withFolder(async (folder) => {
    const file = await packed(folder, { 'forms/.writing-0/card.json': Buffer.from('half'), stray: Buffer.from('?') })
    const listed: string[] = []
    await list({ file, onReadEntry: (entry) => void listed.push(entry.path) })
    expect(listed).toEqual(['conv-lab-set.json', ...Object.keys(files).sort(), 'sums.json'])
    expect(await readPackHeader(file)).toEqual({
      format: 1,
      ...set,
      bytes: Object.values(files).reduce((sum, { byteLength }) => sum + byteLength, 0),
    })
    const told: number[] = []
    const head = await unpackSet({ file, into: path.join(folder, 'out') }, (_stage, done) => told.push(done))
    expect(head.dataset).toBe('own-cats')
    expect(told.length).toBeGreaterThan(1)
    for (const [name, bytes] of Object.entries(files))
      expect((await readFile(path.join(folder, 'out', name))).equals(bytes), name).toBe(true)
    expect(await readdir(path.join(folder, 'new folder'))).toEqual(['cats.tar'])
  })
})

test('one that was cut or altered anywhere is refused', async () => {
  await withFolder(async (folder) => {
    const file = await packed(folder)
    const whole = await readFile(file)
    const altered = Buffer.from(whole)
    altered[1_000_000] ^= 1
    await writeFile(file, altered)
    await expect(unpackSet({ file, into: path.join(folder, 'altered') }, () => undefined)).rejects.toMatchObject({
      problem: { code: 'pack-damaged', parameters: { detail: phrase('sum-unlike', { name: 'collection/pictures' }) } },
    })
    for (const length of [whole.byteLength - 2000, 1_000_000, 700]) {
      await writeFile(file, whole)
      await truncate(file, length)
      await expect(
        unpackSet({ file, into: path.join(folder, `cut-${length}`) }, () => undefined),
      ).rejects.toMatchObject({
        problem: { code: 'pack-damaged' },
      })
    }
  })
})

test('nothing but a set comes out of a file that says it is one', async () => {
  await withFolder(async (folder) => {
    await write(folder, {
      'conv-lab-set.json': Buffer.from(JSON.stringify({ format: 1, ...set, bytes: 3 })),
      'forms/own/evil.sh': Buffer.from('rm'),
      'sums.json': Buffer.from('{}'),
    })
    const file = path.join(folder, 'evil.tar')
    await create({ cwd: folder, file, portable: true }, ['conv-lab-set.json', 'forms/own/evil.sh', 'sums.json'])
    expect(await readPackHeader(file)).toMatchObject(set)
    const out = path.join(folder, 'out')
    await expect(unpackSet({ file, into: out }, () => undefined)).rejects.toMatchObject({
      problem: { code: 'pack-damaged', parameters: { detail: phrase('not-of-a-set', { name: 'forms/own/evil.sh' }) } },
    })
  })
})

test.each([
  ['empty', Buffer.alloc(0)],
  ['text', Buffer.from('text')],
  ['zeros', Buffer.alloc(5000)],
  ['bytes of any kind', Buffer.alloc(5000, 0xff)],
])('a file of %s is no packed set', async (_what, bytes) => {
  await withFolder(async (folder) => {
    await writeFile(path.join(folder, 'file'), bytes)
    expect(await readPackHeader(path.join(folder, 'file'))).toBeNull()
  })
})

test('a file that cannot be written is said so, and nothing half-written stays', async () => {
  await withFolder(async (folder) => {
    await write(path.join(folder, 'set'), files)
    await writeFile(path.join(folder, 'taken'), '')
    await expect(
      packSet({ folder: path.join(folder, 'set'), set, file: path.join(folder, 'taken', 'cats.tar') }, () => undefined),
    ).rejects.toMatchObject({ problem: { code: 'write-failed' } })
    expect((await readdir(folder)).sort()).toEqual(['set', 'taken'])
  })
})
