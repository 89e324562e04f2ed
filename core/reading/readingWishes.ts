import { z } from 'zod'

const column = z.string().min(1).max(200)
const folders = z.array(z.string().min(1)).min(1).max(100)

/**
 * What a person has decided where her files can be read in more than one way. What is left out the lab decides, or asks
 * for. A column is named by its title, or by its number from 1; `FILE:COLUMN` names the one of a certain table.
 */
export const ReadingWishes = z.strictObject({
  labelsFrom: z.enum(['folders', 'table']).optional(),
  labelColumn: column.optional(),
  pathColumn: column.optional(),
  splitColumn: column.optional(),
  /** `seed`: nothing in the files tells the parts; each run draws its test images. */
  partsFrom: z.enum(['folders', 'table', 'seed']).optional(),
  /** Folders whose images are trained on: paths below the given folder, with `/`. */
  train: folders.optional(),
  /** Folders whose images are the test images. */
  test: folders.optional(),
})
export type ReadingWishes = z.infer<typeof ReadingWishes>
