import { readFile, stat } from 'node:fs/promises'
import sharp from 'sharp'
import { pictureForm } from '../../../core/data/dataChoice.ts'
import { usualLimits } from '../archives/limits.ts'
import type { Originals } from '../archives/originalFile.ts'
import { UnreadableFile } from '../archives/unreadable.ts'
import { readKinds } from '../formats/pictureKind.ts'
import { BrokenPicture, PictureImages } from '../prepare/pictureImages.ts'

/** Width and height of a small picture. */
const side = 64
const image = { height: side, width: side, channels: 3 } as const

/** Where the pictures are. */
export interface PicturesPlace {
  /** Files of those that lie in folders, by path. */
  readonly inFolders: ReadonlyMap<string, string>
  /** All files again, for those that lie in archives. */
  readonly originals: Originals
}

/**
 * Small pictures, cut as a network sees them in the usual form, as addresses that hold them (WebP).
 * @param paths of the pictures, each once.
 * @param onMade called with the number made so far.
 * @returns by path; null for a picture that cannot be decoded.
 */
export async function smallPictures(
  paths: readonly string[],
  { inFolders, originals }: PicturesPlace,
  onMade: (pictures: number) => void,
): Promise<Record<string, string | null>> {
  const images = new PictureImages({ form: { ...pictureForm, side }, image, kinds: readKinds })
  const made = new Map<string, string | null>(paths.map((path) => [path, null]))
  let done = 0
  const make = async (path: string, bytes: Buffer | null): Promise<void> => {
    made.set(path, bytes === null ? null : await smallPicture(bytes, images))
    onMade((done += 1))
  }
  const packed = new Set<string>()
  for (const path of made.keys()) {
    const file = inFolders.get(path)
    if (file === undefined) packed.add(path)
    else await make(path, await bytesOf(file))
  }
  if (packed.size > 0) {
    for await (const file of originals) {
      if (!packed.delete(file.path)) continue
      await make(file.path, await file.read().catch(nullIfUnreadable))
      if (packed.size === 0) break
    }
  }
  return Object.fromEntries(made)
}

async function smallPicture(bytes: Buffer, images: PictureImages): Promise<string | null> {
  try {
    const [pixels] = await images.of(bytes, [null])
    if (pixels === null) return null
    const small = await sharp(pixels, { raw: image }).webp().toBuffer()
    return `data:image/webp;base64,${small.toString('base64')}`
  } catch (thrown) {
    if (thrown instanceof BrokenPicture) return null
    throw thrown
  }
}

/** @returns null for a file that is too large, or cannot be read any more. */
async function bytesOf(file: string): Promise<Buffer | null> {
  try {
    const { size } = await stat(file)
    return size > usualLimits.fileBytes ? null : await readFile(file)
  } catch {
    return null // Importing names it, with the reason.
  }
}

function nullIfUnreadable(thrown: unknown): null {
  if (thrown instanceof UnreadableFile) return null
  throw thrown
}
