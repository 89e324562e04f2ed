import path from 'node:path'
import { SourceError, transferBytes } from '../definition.ts'
import type { DatasetSource } from '../definition.ts'
import { downloadFile } from './http.ts'
import type { Transfer } from './transfer.ts'

/**
 * Brings the files of a set from its publisher into `folder`, one after the other, and checks their published sums.
 * @throws SourceError, LabError for the disk, or the signal's reason.
 */
export async function fetchFromPublisher(source: Extract<DatasetSource, { kind: 'publisher' }>, folder: string, transfer: Transfer): Promise<void> {
  let before = 0
  let total = transferBytes(source)
  for (const { url, bytes, md5 } of source.files) {
    const name = path.posix.basename(new URL(url).pathname)
    let expected = bytes
    let here = 0
    const sum = await downloadFile(url, path.join(folder, name), transfer, (done, announced) => {
      here = done
      // The server's own number wins over ours, so that the bar never ends early or passes its end.
      total += (announced ?? expected) - expected
      expected = announced ?? expected
      transfer.onBytes(before + done, Math.max(total, before + done))
    })
    if (md5 !== null && sum !== md5) throw new SourceError(`${name} is not the published file (its MD5 is ${sum})`)
    before += here
  }
}
