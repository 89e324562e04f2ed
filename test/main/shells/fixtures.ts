import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { onTestFinished } from 'vitest'
import { plainSet, type DatasetCard } from '../../../core/data/dataset.ts'
import { homePlaces } from '../../../main/files/places.ts'
import type { PreparedCard, PreparedSplit } from '../../../main/files/preparedCard.ts'
import { writePreparedForm } from '../../../main/files/preparedForm.ts'

/** A folder of its own for the running test, removed after it. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'conv-lab-shell-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return folder
}

export const indexHtml =
  '<!doctype html><title>A small window</title><script type="module" src="/assets/app-1.js"></script>'

/**
 * A small built window: a page, a script with a hashed name, and a file beside the folder that must never be served.
 */
export async function smallWindow(): Promise<string> {
  const folder = await temporaryFolder()
  const window = path.join(folder, 'window')
  await mkdir(path.join(window, 'assets'), { recursive: true })
  await writeFile(path.join(window, 'index.html'), indexHtml)
  await writeFile(path.join(window, 'assets', 'app-1.js'), 'export {}\n')
  await writeFile(path.join(window, 'assets', 'app-1.css'), 'body { margin: 0 }\n')
  await writeFile(path.join(folder, 'secret.txt'), 'not for the window\n')
  return window
}

const card: DatasetCard = {
  ...plainSet,
  id: 'mnist',
  name: 'MNIST',
  image: { height: 28, width: 28, channels: 1 },
  classes: ['0', '1', '2'],
  classesRu: ['0', '1', '2'],
  sizes: { train: 32, test: 8 },
  mirrors: false,
  downloadBytes: 1,
  authors: 'A test',
  page: 'https://example.org/mnist',
  licence: 'none',
}

function split(count: number): PreparedSplit {
  const images = Uint8Array.from({ length: count * 28 * 28 }, (_, position) => (position * 37) % 256)
  return { images, labels: Uint16Array.from({ length: count }, (_, index) => index % 3) }
}

/** A home folder with a data set of 32 training and 8 test images that stands in for MNIST. */
export async function homeWithImages(): Promise<{ home: string; set: PreparedCard }> {
  const home = await temporaryFolder()
  const set = await writePreparedForm(homePlaces(home).datasets + '/mnist/forms/own', {
    card,
    source: 'package',
    train: split(32),
    test: split(8),
  })
  return { home, set }
}
