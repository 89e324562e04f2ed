import { text } from 'node:stream/consumers'
import { describe, expect, it } from 'vitest'
import { fromBufferPromise } from 'yauzl'
import { storedZip } from '../../../core/export/keras/storedZip.ts'

describe('a stored zip archive', () => {
  it('is read by a reader of archives, which checks sums and sizes', async () => {
    const files = [
      { name: 'config.json', content: new TextEncoder().encode('{"a":1}') },
      { name: 'später/leer', content: new Uint8Array(0) },
    ]
    const archive = await fromBufferPromise(Buffer.concat(storedZip(files)))
    const found: [string, string][] = []
    for await (const entry of archive.eachEntry()) {
      const stream = await archive.openReadStreamPromise(entry)
      found.push([entry.fileName, await text(stream)])
    }
    expect(found).toEqual([
      ['config.json', '{"a":1}'],
      ['später/leer', ''],
    ])
  })
})
