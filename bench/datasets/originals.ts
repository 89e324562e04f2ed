import { copyFile, mkdir, readdir, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { create } from 'tar'
import type { Split } from '../../core/data/dataset.ts'
import type { PreparedArrays } from '../../main/files/preparedForm.ts'

const pixels = 32 * 32
const record = 1 + 3 * pixels
/** Images of one file of CIFAR-10. */
const perFile = 10_000

/** CIFAR-10's binary records of some images of a split. */
function records({ images, labels }: PreparedArrays[Split], from: number): Buffer {
  const bytes = Buffer.alloc(perFile * record)
  for (let image = 0; image < perFile; image += 1) {
    const start = image * record
    bytes[start] = labels[from + image]
    for (let channel = 0; channel < 3; channel += 1) {
      for (let pixel = 0; pixel < pixels; pixel += 1)
        bytes[start + 1 + channel * pixels + pixel] = images[((from + image) * pixels + pixel) * 3 + channel]
    }
  }
  return bytes
}

/** Writes CIFAR-10's archive as its publisher offers it, made of the prepared images. */
export async function cifar10Archive({ train, test }: PreparedArrays, folder: string): Promise<string> {
  const inside = path.join(folder, 'cifar-10-batches-bin')
  await mkdir(inside, { recursive: true })
  for (let batch = 0; batch < 5; batch += 1)
    await writeFile(path.join(inside, `data_batch_${batch + 1}.bin`), records(train, batch * perFile))
  await writeFile(path.join(inside, 'test_batch.bin'), records(test, 0))
  const archive = path.join(folder, 'cifar-10-binary.tar.gz')
  await create({ gzip: true, cwd: folder, file: archive }, ['cifar-10-batches-bin'])
  await rm(inside, { recursive: true })
  return archive
}

/**
 * As many JPEG files as Caltech-101 has, in its layout: copies of the genuine ones that the tests have, whose sizes are
 * usual ones.
 */
export async function caltechFolder(pieces: string, folder: string, images: number): Promise<string> {
  const categories = path.join(pieces, '101_ObjectCategories')
  const genuine = (await readdir(categories, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.name.endsWith('.jpg'))
    .map((entry) => path.join(entry.parentPath, entry.name))
  const into = path.join(folder, '101_ObjectCategories')
  for (let image = 0; image < images; image += 1) {
    const file = genuine[image % genuine.length]
    const target = path.join(into, path.basename(path.dirname(file)))
    if (image < genuine.length) await mkdir(target, { recursive: true })
    await copyFile(file, path.join(target, `image_${String(image + 1).padStart(4, '0')}.jpg`))
  }
  return into
}
