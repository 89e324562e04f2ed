import { execFile } from 'node:child_process'
import { mkdir, rm } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import { readPreparedForm } from '../../main/files/preparedForm.ts'
import type { DatasetsResult } from '../results.ts'
import { caltechFolder, cifar10Archive } from './originals.ts'
import type { Prepared } from './prepareProcess.ts'

const run = promisify(execFile)

/** Images of Caltech-101, its background class included. */
const caltechImages = 9144
const caltechSide = 64

/**
 * Measures how long sets take to be prepared, each time in a process of its own and a folder of its own.
 * @param data folder of CIFAR-10's prepared form, of which its archive is made.
 * @param pieces folder with genuine images of Caltech-101.
 * @param work for what is gone afterwards.
 */
export async function measureDatasets(
  { data, pieces, work, rounds }: { data: string; pieces: string; work: string; rounds: number },
  say: (text: string) => void,
): Promise<DatasetsResult> {
  const folder = path.join(work, 'datasets')
  await mkdir(folder, { recursive: true })
  say('Data sets: making CIFAR-10’s archive, and Caltech-101 of copies')
  const archive = await cifar10Archive(await readPreparedForm(data), folder)
  const caltech = await caltechFolder(pieces, folder, caltechImages)
  const cifar10: Prepared[] = []
  const caltech101: Prepared[] = []
  for (let round = 1; round <= rounds; round += 1) {
    say(`Data sets: round ${round} of ${rounds}`)
    cifar10.push(await prepared(folder, ['cifar-10', archive]))
    caltech101.push(await prepared(folder, ['caltech-101', caltech, String(caltechSide)]))
  }
  await rm(folder, { recursive: true, force: true })
  return {
    cifar10: cifar10.map(({ importing }) => importing),
    caltech101: {
      images: caltech101[0].images,
      side: caltechSide,
      seconds: caltech101.map(({ another, importing }) => another ?? importing),
      taken: caltech101.map(({ importing }) => importing),
    },
    peakMemory: [...cifar10, ...caltech101].map(({ peak }) => peak),
  }
}

async function prepared(work: string, order: readonly string[]): Promise<Prepared> {
  const sets = path.join(work, 'sets')
  await rm(sets, { recursive: true, force: true })
  const { stdout } = await run(process.execPath, [path.join(import.meta.dirname, 'prepareProcess.ts'), sets, ...order])
  await rm(sets, { recursive: true, force: true })
  const said: Prepared = JSON.parse(stdout)
  return said
}
