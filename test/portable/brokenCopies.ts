import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { refused } from './checks.ts'
import { succeeded, type Started } from './started.ts'

/** Starts a file of a portable folder with some words. */
export type StartIn = (folder: string, words: readonly string[]) => Started

/** What Node reads before any program. */
const readFirst = ['app/package.json', 'app/dist/main/portable.js']

/** A small file that the command line loads, and one that only training needs. */
const loadedAtOnce = 'app/dist/main/cli.js'
const neededLater = 'app/dist/window/index.html'

/** A copy of a portable folder. Its files are links to the others, so they are replaced and never written. */
export async function copyOf(folder: string, to: string): Promise<string> {
  await succeeded('cp', ['-al', folder, to])
  return to
}

function replace(file: string, content: Uint8Array): void {
  rmSync(file)
  writeFileSync(file, content)
}

/** A copy that lost a file says so instead of starting; the doctor names the file. */
export async function missingFile(folder: string, work: string, start: StartIn): Promise<void> {
  const copy = await copyOf(folder, path.join(work, 'missing'))
  rmSync(path.join(copy, neededLater))
  refused(await start(copy, ['runs']).ended, 'not whole', neededLater)
  refused(await start(copy, ['doctor']).ended, 'not whole', neededLater)
  rmSync(path.join(copy, loadedAtOnce))
  refused(await start(copy, ['runs']).ended, 'not whole', loadedAtOnce)
  rmSync(copy, { recursive: true })
}

/** A copy with an altered file: the doctor names it; what cannot be loaded says so at the start. */
export async function alteredFile(folder: string, work: string, start: StartIn): Promise<void> {
  const copy = await copyOf(folder, path.join(work, 'altered'))
  const page = path.join(copy, neededLater)
  replace(page, Buffer.concat([readFileSync(page), Buffer.from(' ')]))
  refused(await start(copy, ['doctor']).ended, 'not as it was packed', neededLater)
  const cut = path.join(copy, loadedAtOnce)
  replace(cut, readFileSync(cut).subarray(0, 100_000))
  refused(await start(copy, ['runs']).ended, 'not as it was packed', loadedAtOnce)
  refused(await start(copy, ['doctor']).ended, 'not as it was packed', loadedAtOnce)
  for (const name of readFirst) {
    replace(path.join(copy, name), Buffer.alloc(0))
    refused(await start(copy, ['doctor']).ended, 'not whole')
    await succeeded('cp', ['-l', '-f', path.join(folder, name), path.join(copy, name)])
  }
  rmSync(copy, { recursive: true })
}
