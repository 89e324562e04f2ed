import { storedImageText, type ImageChoice, type StoredImage } from '../../core/inspect/imageChoice.ts'
import { refuse } from '../../core/words/problems.ts'
import type { WindowClient } from '../homeSocket/ownerLink.ts'
import { givePictureFile } from './givePicture.ts'
import { storedImage } from './pictureOptions.ts'
import { givenPath } from '../files/givenPath.ts'

/** The option for an image of the run's lists. */
export const askedImageOption = storedImage('An image of the run’s lists, such as test:512; or name a PATH')

/** What a command is asked to look at: an image of the run's lists, or what lies at a path. */
export type AskedImage =
  | { readonly kind: 'stored'; readonly image: StoredImage }
  | {
      readonly kind: 'path'
      /** Absolute. */
      readonly path: string
      /** As it was typed. */
      readonly name: string
    }

/** @throws LabError `arguments-wrong` where none or both are named. */
export function askedImage(command: string, word: string | undefined, image: StoredImage | undefined): AskedImage {
  if (word !== undefined && image !== undefined)
    refuse('arguments-wrong', { command, detail: '--image and a PATH are two answers to one question' })
  if (image !== undefined) return { kind: 'stored', image }
  return word === undefined
    ? refuse('arguments-wrong', { command, detail: '--image (such as test:512) or the PATH of a picture is missing' })
    : { kind: 'path', path: givenPath(word), name: word }
}

/** An image as the lab is asked about it, and how it is called in what is told. */
export interface NamedImage {
  readonly image: ImageChoice
  readonly name: string
}

/** Gives the picture to the lab, if it is one of a path. @throws as `givePictureFile` does. */
export async function namedImage(client: WindowClient, asked: AskedImage): Promise<NamedImage> {
  if (asked.kind === 'stored') return { image: asked.image, name: storedImageText(asked.image) }
  const { sha256 } = await givePictureFile(client, asked.path)
  return { image: { kind: 'given', sha256 }, name: asked.name }
}
