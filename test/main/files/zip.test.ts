import { text } from 'node:stream/consumers'
import { expect, test } from 'vitest'
import { fromBufferPromise } from 'yauzl'
import { zipOf } from '../../../main/files/zip.ts'

const entries = [
  { name: 'config.json', content: new TextEncoder().encode('{"a":1}') },
  { name: 'später/leer', content: new Uint8Array(0) },
]

test.each([true, false])('a zip is read by a reader of archives (compressed: %s)', async (compress) => {
  const archive = await fromBufferPromise(await zipOf(entries, { compress }))
  const found: [string, string][] = []
  for await (const entry of archive.eachEntry()) {
    expect(entry.compressionMethod).toBe(compress ? 8 : 0)
    found.push([entry.fileName, await text(await archive.openReadStreamPromise(entry))])
  }
  expect(found).toEqual([
    ['config.json', '{"a":1}'],
    ['später/leer', ''],
  ])
})

test('equal files make equal zips', async () => {
  expect(await zipOf(entries, { compress: true })).toEqual(await zipOf(entries, { compress: true }))
})
