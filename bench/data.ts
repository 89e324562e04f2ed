import { existsSync } from 'node:fs'
import { cp, rm } from 'node:fs/promises'
import path from 'node:path'
import { LabError } from '../core/words/problems.ts'
import { DatasetStore } from '../main/datasets/datasetStore.ts'
import { homeFolder, homePlaces, type Home } from '../main/files/places.ts'
import type { Place } from '../setup/place.mjs'

/** The set that everything is measured on. */
const dataset = 'cifar-10'

function progressText(done: number, total: number | null): string {
  return `${Math.round(done / 1e6)}${total === null ? '' : ` of ${Math.round(total / 1e6)}`} MB`
}

async function get(store: DatasetStore): Promise<void> {
  store.get(dataset)
  const { problem } = await store.whenSettled(dataset)
  if (problem !== null) throw new LabError(problem)
}

/**
 * CIFAR-10 in its prepared form, in the bench's own home folder. It is copied from the user's home folder, or fetched
 * as the app fetches it.
 * @returns the folder of its arrays
 * @throws LabError when it cannot be had.
 */
export async function benchData(place: Place, home: Home): Promise<string> {
  const own = path.join(home.datasets, dataset)
  const theirs = path.join(homePlaces(homeFolder(place.environment, place.platform)).datasets, dataset)
  const openStore = (): DatasetStore =>
    new DatasetStore({
      folder: home.datasets,
      onChange: ({ progress }) => {
        if (progress !== null)
          place.report.progress(`CIFAR-10: ${progressText(progress.doneBytes, progress.totalBytes)}`)
      },
    })
  if (!existsSync(own) && existsSync(theirs)) await cp(theirs, own, { recursive: true })
  const first = openStore()
  if (first.entry(dataset).state !== 'ready') {
    // A copy that was cut short, or of a damaged set.
    await rm(own, { recursive: true, force: true })
    place.report.say('CIFAR-10 ...')
    await get(first)
  }
  const folder = first.folderOf(dataset)
  await first.close()
  return folder
}
