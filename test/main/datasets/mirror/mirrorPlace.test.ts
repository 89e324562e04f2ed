import { readdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, test } from 'vitest'
import { isWebPlace, readMirrorPlace, writeMirrorPlace } from '../../../../main/datasets/mirror/mirrorPlace.ts'
import { withFolder } from '../tinySets.ts'

test.each([
  '/srv/наборы данных',
  '\\\\server\\share',
  '\\\\server\\share\\sets',
  'http://teacher.local:8080',
  'https://192.168.1.5/sets/',
  '  http://teacher  ',
])('%s is remembered', async (place) => {
  await withFolder(async (home) => {
    const folder = path.join(home, 'datasets')
    expect(readMirrorPlace(folder)).toBeNull()
    expect(await writeMirrorPlace(folder, place)).toBe(place.trim())
    expect(readMirrorPlace(folder)).toBe(place.trim())
    expect(await writeMirrorPlace(folder, null)).toBeNull()
    expect(await readdir(folder)).toEqual([])
  })
})

test.each(['sets', './sets', 'ftp://server/sets', '\\\\server', 'http://', 'C'])(
  '%s cannot be one, and changes nothing',
  async (place) => {
    await withFolder(async (folder) => {
      await writeMirrorPlace(folder, '/srv/sets')
      await expect(writeMirrorPlace(folder, place)).rejects.toMatchObject({
        problem: { code: 'mirror-unfit', parameters: { place } },
      })
      expect(readMirrorPlace(folder)).toBe('/srv/sets')
    })
  },
)

test('an empty place and a damaged note are none', async () => {
  await withFolder(async (folder) => {
    expect(await writeMirrorPlace(folder, '  ')).toBeNull()
    await writeFile(path.join(folder, 'mirror.json'), '{')
    expect(readMirrorPlace(folder)).toBeNull()
  })
})

test('an address is told from a folder', () => {
  expect(['http://a', 'HTTPS://a/b', '/a', '\\\\a\\b'].map(isWebPlace)).toEqual([true, true, false, false])
})
