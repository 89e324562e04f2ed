import { randomUUID } from 'node:crypto'
import { readFile, stat } from 'node:fs/promises'
import type { GivenImage } from '../../core/inspect/looking.ts'
import { phrase } from '../../core/words/phrases.ts'
import { refuse } from '../../core/words/problems.ts'
import type { WindowClient } from '../homeSocket/ownerLink.ts'
import { largestPicture } from '../inspect/givenPictures.ts'

/** Bytes of a part. As base64 they are a third more, and a message holds them easily. */
const partBytes = 480_000

/**
 * Gives the file of a picture to the lab, in parts.
 * @throws LabError `picture-refused` with what is wrong with it.
 */
export async function givePicture(client: WindowClient, bytes: Uint8Array): Promise<GivenImage> {
  const upload = randomUUID()
  for (let from = 0; ; from += partBytes) {
    const part = Buffer.from(bytes.subarray(from, from + partBytes)).toString('base64')
    const last = from + partBytes >= bytes.byteLength
    const given = await client.look.give({ upload, part, last })
    if (given !== null) return given
    if (last) throw new Error('the lab took a whole picture and did not answer')
  }
}

/** The content of a picture's file. @throws LabError `picture-file-unread` or `picture-refused`. */
async function pictureBytes(file: string): Promise<Uint8Array> {
  try {
    const { size } = await stat(file)
    if (size <= largestPicture) return await readFile(file)
  } catch (thrown) {
    const detail = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : String(thrown)
    return refuse('picture-file-unread', { path: file, detail }, { cause: thrown })
  }
  return refuse('picture-refused', { detail: phrase('file-too-large', { megabytes: largestPicture / 1e6 }) })
}

/**
 * Gives a picture by the path of its file.
 * @throws LabError `picture-file-unread` or `picture-refused`.
 */
export async function givePictureFile(client: WindowClient, file: string): Promise<GivenImage> {
  return givePicture(client, await pictureBytes(file))
}
