import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, rename, rm, statfs, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { Place } from '../setup/place.mjs'
import { platformOf } from '../setup/platform/platform.mjs'
import { SetupProblem } from '../setup/problem.mjs'
import { findProgram, lastWords, run } from '../setup/run.mjs'
import { folderSize, watchFolder } from '../setup/watchFolder.mjs'

/** A virtual environment with one peer. They are separate because both install libraries of the same names. */
export interface PeerEnvironment {
  readonly id: 'pytorch' | 'keras'
  readonly name: string
  readonly requirements: readonly string[]
  /** Its approximate size in bytes, in the cache folder. */
  readonly folder: string
  readonly bytes: number
}

export const peerEnvironments: readonly PeerEnvironment[] = [
  {
    id: 'pytorch',
    name: 'PyTorch 2.13.0',
    requirements: ['torch==2.13.0', 'numpy==2.4.6'],
    folder: 'pytorch-2.13.0',
    bytes: 1.0e9,
  },
  {
    id: 'keras',
    name: 'Keras 3.15.1 on TensorFlow 2.21.0',
    requirements: ['tensorflow-cpu==2.21.0', 'keras==3.15.1', 'numpy==2.4.6'],
    folder: 'keras-3.15.1',
    bytes: 1.7e9,
  },
]

/** Written last: an environment without this file is incomplete. */
const stamp = 'complete.json'

/** The start of the names of unfinished environments. */
const unfinishedPrefix = '.writing-'

/** Python's program in a virtual environment. */
export function pythonIn(folder: string): string {
  return path.join(folder, platformOf(process).pythonInEnvironment)
}

function systemPython(place: Place): string {
  const python = findProgram(['python3', 'python'], place)
  if (python === null)
    throw new SetupProblem(
      'Python 3 is missing: the bench runs PyTorch and Keras with it. Install it (Debian and Ubuntu: sudo apt install python3 python3-venv), or measure the rest: npm run bench -- --only conv-lab --only tfjs --only roof --only app',
    )
  return python
}

/** What pip said was wrong, without the address it asked. */
function pipReason(errors: string, otherwise: string): string {
  const error = errors
    .split('\n')
    .filter((line) => line.startsWith('ERROR:'))
    .at(-1)
  return (error?.slice('ERROR: '.length) ?? otherwise).replace(/\w+:\/\/\S+/g, '…').slice(0, 300)
}

async function checkSpace(folder: string, { name, bytes }: PeerEnvironment): Promise<void> {
  const { bavail, bsize } = await statfs(folder)
  // The downloads of pip take space at the same time.
  const needed = 1.5 * bytes
  if (bavail * bsize < needed)
    throw new SetupProblem(
      `The disk of ${folder} has ${((bavail * bsize) / 1e9).toFixed(1)} GB free; installing ${name} for the bench needs ${(needed / 1e9).toFixed(1)} GB. Free some space, or name a folder on another disk in CONV_LAB_CACHE.`,
    )
}

async function fill(place: Place, python: string, peer: PeerEnvironment, folder: string): Promise<void> {
  const made = await run(python, ['-m', 'venv', folder], { environment: place.environment })
  if (made.code !== 0)
    throw new SetupProblem(
      `Python could not make a virtual environment for ${peer.name} (${lastWords(made)}). On Debian and Ubuntu: sudo apt install python3-venv.`,
    )
  const stopWatching = watchFolder(folder, (bytes) =>
    place.report.progress(
      `Installing ${peer.name}: ${Math.round(bytes / 1e6)} of about ${Math.round(peer.bytes / 1e6)} MB`,
    ),
  )
  const install = [
    '-m',
    'pip',
    'install',
    '--only-binary=:all:',
    '--disable-pip-version-check',
    '--progress-bar',
    'off',
    ...peer.requirements,
  ]
  const installed = await run(pythonIn(folder), install, { environment: place.environment }).finally(stopWatching)
  if (installed.errors.includes('No space left')) throw Object.assign(new Error('pip install'), { code: 'ENOSPC' })
  if (installed.code !== 0) {
    throw new SetupProblem(
      `pip could not install ${peer.name} for the bench (${pipReason(installed.errors, lastWords(installed))}). Check the network and that Python is one of 3.10 to 3.13, then run the command again; --only measures without it.`,
    )
  }
  const bytes = folderSize(folder)
  await writeFile(path.join(folder, stamp), `${JSON.stringify({ requirements: peer.requirements, bytes }, null, 2)}\n`)
}

/**
 * The folder of a peer's environment. If it is missing, it is made, complete or not at all. pip uses its own settings
 * (index, cache).
 * @param benchFolder The bench's place in the cache; whoever calls holds its lock.
 * @throws SetupProblem in a sentence, when Python or pip cannot.
 */
export async function environmentOf(place: Place, benchFolder: string, peer: PeerEnvironment): Promise<string> {
  const folder = path.join(benchFolder, peer.folder)
  if (existsSync(path.join(folder, stamp))) return folder
  const python = systemPython(place)
  await mkdir(benchFolder, { recursive: true })
  for (const name of await readdir(benchFolder))
    if (name.startsWith(unfinishedPrefix)) await rm(path.join(benchFolder, name), { recursive: true, force: true })
  await checkSpace(benchFolder, peer)
  place.report.say(
    `Installing ${peer.name} for the bench, once (about ${(peer.bytes / 1e9).toFixed(1)} GB in ${benchFolder}) ...`,
  )
  const unfinished = await mkdtemp(path.join(benchFolder, unfinishedPrefix))
  try {
    // May be renamed: only its Python is run, which finds its packages relative to itself.
    await fill(place, python, peer, unfinished)
    await rm(folder, { recursive: true, force: true })
    await rename(unfinished, folder)
  } finally {
    await rm(unfinished, { recursive: true, force: true })
  }
  return folder
}
