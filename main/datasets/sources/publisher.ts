import path from 'node:path'
import { phrase } from '../../../core/words/phrases.ts'
import { SourceError, transferBytes } from '../definition.ts'
import type { DatasetSource, PublishedFile } from '../definition.ts'
import { downloadFile } from './downloadFile.ts'
import type { Transfer } from './transfer.ts'

export type PublisherSource = Extract<DatasetSource, { kind: 'publisher' }>

/**
 * The name of a publisher's file, valid on every system.
 * @throws SourceError for an address without one.
 */
export function publishedName({ url }: Pick<PublishedFile, 'url'>): string {
  const name = decodeURIComponent(path.posix.basename(new URL(url).pathname)).replace(/[\\/:*?"<>|\0]/g, '_')
  if (name === '' || name.startsWith('.')) throw new SourceError(phrase('address-without-file', { url }))
  return name
}

/**
 * Downloads the files of a set from its publisher into `folder`, one after another, and checks their published sums.
 * Each continues where an earlier attempt left it in the folder.
 * @returns the paths of the files.
 * @throws SourceError, LabError for the disk, or the signal's reason; what has come stays in the folder.
 */
export async function fetchFromPublisher(
  source: PublisherSource,
  folder: string,
  transfer: Transfer,
): Promise<string[]> {
  const paths: string[] = []
  let before = 0
  let total = transferBytes(source)
  for (const published of source.files) {
    const file = path.join(folder, publishedName(published))
    let expected = published.bytes
    let here = 0
    await downloadFile({ url: published.url, file, md5: published.md5 }, transfer, (done, announced) => {
      here = done
      // The server's number takes precedence over the definition's, so that the progress never ends early or exceeds
      // its total.
      total += (announced ?? expected) - expected
      expected = announced ?? expected
      transfer.onBytes(before + done, Math.max(total, before + done))
    })
    before += here
    paths.push(file)
  }
  return paths
}
