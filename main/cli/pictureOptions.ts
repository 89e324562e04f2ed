import path from 'node:path'
import { storedImageOf, type StoredImage } from '../../core/inspect/imageChoice.ts'
import { PictureOptions, type PictureQuestion } from '../../core/inspect/pictureQuestion.ts'
import { limitsOf } from '../../core/numbers/range.ts'
import { writeFileAtomically } from '../files/atomicFile.ts'
import type { Option } from './command.ts'
import type { CommandContext } from './context.ts'
import { numberWithin, readText, usually } from './optionKinds.ts'
import { givenPath } from '../files/givenPath.ts'

/** An image of a run's or a set's lists. `help` says which where none is named. */
export function storedImage(help: string): Option<StoredImage | undefined> {
  return readText('SPLIT:N', help, 'train:N or test:N', storedImageOf)
}

/** The file of a picture; its ending says the format. */
export interface PictureFile {
  /** Absolute. */
  readonly path: string
  readonly format: PictureOptions['format']
}

function pictureFileOf(word: string): PictureFile | null {
  const format = PictureOptions.shape.format.safeParse(path.extname(word).slice(1).toLowerCase())
  return format.success ? { path: givenPath(word), format: format.data } : null
}

/** The file that a picture is written to. `shows` is what help says of it. */
export function pictureFile(shows: string): Option<PictureFile | undefined> {
  return readText('FILE', `PNG or SVG to write: ${shows}`, 'a name that ends in .png or .svg', pictureFileOf)
}

/** How much a picture is enlarged. */
export function pictureScale(usual: number): Option<number> {
  return usually(
    numberWithin('N', 'Pixels of the picture for each value, each way', limitsOf(PictureOptions.shape.scale)),
    usual,
  )
}

/** Draws a picture and writes it. @throws LabError as drawing does, `disk-full` or `write-failed`. */
export async function writePictureFile(
  { client }: Pick<CommandContext, 'client'>,
  question: PictureQuestion,
  { path: file, format }: PictureFile,
  { scale, title }: Pick<PictureOptions, 'scale' | 'title'>,
): Promise<void> {
  const { bytes } = await client.look.picture({ question, options: { format, scale, title } })
  await writeFileAtomically(file, [Buffer.from(bytes, 'base64')])
}
