import path from 'node:path'
import { Split, type DatasetCard } from '../../../core/data/dataset.ts'
import { writeFileAtomically } from '../../files/atomicFile.ts'
import type { DrawnSource } from '../definition.ts'
import { idxParts } from '../formats/idx.ts'
import type { TaskProgress } from '../worker/taskProgress.ts'

/**
 * Draws a set whole and writes it as the files of its format.
 * @param into an existing folder
 * @returns the paths of the files.
 * @throws LabError `disk-full` or `write-failed`.
 */
export async function drawSet(
  { draw, format }: DrawnSource,
  { image, sizes }: Pick<DatasetCard, 'image' | 'sizes'>,
  into: string,
  onProgress: TaskProgress,
): Promise<string[]> {
  const written: string[] = []
  const total = sizes.train + sizes.test
  let done = 0
  const shape = image.channels === 1 ? [image.height, image.width] : [image.height, image.width, image.channels]
  for (const split of Split.options) {
    const { images, labels } = draw(split)
    for (const [name, dimensions, bytes] of [
      [format[split].images, [labels.length, ...shape], images],
      [format[split].labels, [labels.length], labels],
    ] as const) {
      const file = path.join(into, name)
      await writeFileAtomically(file, idxParts(dimensions, bytes))
      written.push(file)
    }
    done += labels.length
    onProgress('preparing', done, total)
  }
  return written
}
