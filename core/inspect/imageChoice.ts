import { z } from 'zod'
import { Sha256, Split } from '../data/dataset.ts'

/**
 * An image to look at: one of those that a run trains or tests on, by its place in that list, from 0 on; or one that a
 * person gave, by the sha256 of its file.
 */
export const ImageChoice = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('stored'), split: Split, number: z.int().min(0) }),
  z.strictObject({ kind: z.literal('given'), sha256: Sha256 }),
])
export type ImageChoice = z.infer<typeof ImageChoice>
export type StoredImage = Extract<ImageChoice, { kind: 'stored' }>

/** The image of the lab's text. */
export const usualImage: StoredImage = { kind: 'stored', split: 'test', number: 512 }

const written = /^(?<split>train|test):(?<number>0|[1-9]\d{0,8})$/

/** A stored image as the command line writes it: `test:512`. */
export function storedImageText({ split, number }: StoredImage): string {
  return `${split}:${number}`
}

/** Reads a stored image as the command line writes it; null for anything else. */
export function storedImageOf(text: string): StoredImage | null {
  const parts = written.exec(text)?.groups
  if (parts === undefined) return null
  return { kind: 'stored', split: Split.parse(parts['split']), number: Number(parts['number']) }
}
