import { readdir, stat, statfs } from 'node:fs/promises'
import path from 'node:path'
import type { DiskUse } from '../core/run/bin.ts'
import type { Home } from './files/places.ts'
import type { History } from './history/history.ts'

/** Files that are asked about at once. */
const filesAtOnce = 64

/**
 * Bytes of a file, or of all files in a folder; 0 where there is none. Files that go meanwhile do not count.
 * @param seen Files with several names that were counted already: the checkpoints with which branches begin.
 */
async function bytesIn(place: string, seen: Set<string>): Promise<number> {
  const entries = await readdir(place, { recursive: true, withFileTypes: true }).catch(() => [])
  const files = entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name))
  if (entries.length === 0) files.push(place)
  let sum = 0
  for (let from = 0; from < files.length; from += filesAtOnce) {
    const facts = await Promise.all(files.slice(from, from + filesAtOnce).map((file) => stat(file).catch(() => null)))
    for (const one of facts) {
      if (one?.isFile() !== true) continue
      const name = `${one.dev} ${one.ino}`
      if (one.nlink > 1 && seen.has(name)) continue
      seen.add(name)
      sum += one.size
    }
  }
  return sum
}

async function bytesOf(...places: readonly string[]): Promise<number> {
  let sum = 0
  const seen = new Set<string>()
  for (const place of places) sum += await bytesIn(place, seen)
  return sum
}

/** What a home folder takes of the disk, and the checkpoints of these runs, as their rows say. */
export async function diskUse(home: Home, history: History, runs: readonly number[]): Promise<DiskUse> {
  const total = await bytesOf(home.folder)
  const [inHistory, checkpoints, datasets, computed] = [
    await bytesOf(home.history, `${home.history}-wal`),
    await bytesOf(home.checkpoints, home.branchPoints),
    await bytesOf(home.datasets),
    await bytesOf(home.testPasses, home.embeddings, home.stepCosts),
  ]
  const binned = history.space.binned()
  const { bavail, bsize } = await statfs(home.folder)
  return {
    total,
    history: inHistory,
    reusable: history.space.reusableBytes(),
    checkpoints,
    bin: binned.bytes,
    datasets,
    computed,
    // Files may come and go between the counts.
    other: Math.max(0, total - inHistory - checkpoints - datasets - computed),
    binned: binned.runs,
    runs: history.space.bytesOf(runs),
    free: bavail * bsize,
  }
}
