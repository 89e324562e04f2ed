// Python wheels, from which set-up takes what npm does not carry: TensorFlow's library and a compiler. Nothing of a wheel is
// installed into a Python.
import { existsSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { sumOfFile } from '../fingerprint.mjs'
import { platformOf } from '../platform/platform.mjs'
import { SetupProblem } from '../problem.mjs'
import { findPrograms, lastWords, run } from '../run.mjs'
import { folderSize, watchFolder } from '../watchFolder.mjs'

/**
 * @typedef {import('../place.mjs').Place} Place
 *
 * @typedef {object} Wheel
 * @property {string} project  its name in the package index
 * @property {string} version
 * @property {string} file
 * @property {string} tag  pip's name of the system
 * @property {number} bytes
 * @property {string} sha256
 * @property {Record<string, string>} take  what is taken, and where it goes: a member, or all whose names begin so, where
 *   that ends with / or .
 */

/**
 * Python 3, whose pip downloads wheels and which unpacks them. Of several that may be it the first with a pip is taken: on
 * Windows a program of this name can be one that only opens the shop.
 * @param {Place} place
 * @throws SetupProblem if Python or its pip is missing
 */
export async function pythonWithPip(place) {
  const { pythons, install } = platformOf(place)
  let reason = ''
  for (const python of findPrograms(pythons, place)) {
    const outcome = await run(python, ['-m', 'pip', '--version'], { environment: place.environment })
    if (outcome.code === 0 && outcome.output.includes('python 3')) return python
    reason = reason || lastWords(outcome)
  }
  throw new SetupProblem(
    reason === ''
      ? `Python 3 is missing: set-up fetches TensorFlow's library with its pip. Install it (${install.python}), then run the command again.`
      : `pip for Python 3 is missing (${reason}): set-up fetches TensorFlow's library with it. Install it (${install.python}), then run the command again.`,
  )
}

/**
 * Downloads a wheel into a folder and checks it.
 * @param {Place} place
 * @param {string} python
 * @param {string} what  what is in it, for people
 * @param {Wheel} wheel
 * @param {string} folder  an empty one; useless after a failure
 * @returns {Promise<string>} the file
 */
export async function downloadWheel(place, python, what, wheel, folder) {
  // The system is always named, because what is taken does not depend on the version of Python that downloads it.
  const system = ['--python-version', '3.11', '--implementation', 'cp', '--abi', 'cp311', '--platform', wheel.tag]
  const download = run(
    python,
    [
      '-m',
      'pip',
      'download',
      '--no-deps',
      '--no-cache-dir',
      '--only-binary=:all:',
      '--disable-pip-version-check',
      '--progress-bar',
      'off',
      '--dest',
      folder,
      ...system,
      `${wheel.project}==${wheel.version}`,
    ],
    {
      // pip downloads to the temporary folder first, which may be too small.
      environment: { ...place.environment, TMPDIR: folder, TMP: folder, TEMP: folder },
    },
  )
  const stopWatching = watchFolder(folder, (bytes) =>
    place.report.progress(`Downloading ${megabytes(bytes)} of ${megabytes(wheel.bytes)}`),
  )
  const outcome = await download.finally(stopWatching)
  if (outcome.errors.includes('No space left')) throw Object.assign(new Error('pip download'), { code: 'ENOSPC' })
  if (outcome.code !== 0)
    throw new SetupProblem(
      `${what} could not be downloaded (pip: ${pipReason(outcome)}). Check the network and run the command again.`,
    )
  const file = path.join(folder, wheel.file)
  if (!existsSync(file))
    throw new SetupProblem(
      `pip brought another file than ${wheel.file} (${readdirSync(folder).join(', ')}). Check the package index that your pip uses.`,
    )
  await checkSum(file, wheel.sha256)
  return file
}

/**
 * Checks the sum of a file.
 * @param {string} file
 * @param {string} expected  SHA-256 in hex
 * @throws SetupProblem if the file has another sum
 */
async function checkSum(file, expected) {
  const actual = await sumOfFile(file)
  if (actual !== expected)
    throw new SetupProblem(
      `The downloaded ${path.basename(file)} (${megabytes(folderSize(file))}) is not the expected file: its SHA-256 is ${actual}, not ${expected}. It was not used; run the command again, and if this repeats, the package index or a proxy alters it.`,
    )
}

/** @param {import('../run.mjs').Outcome} outcome */
function pipReason(outcome) {
  const errors = outcome.errors.split('\n').filter((line) => line.startsWith('ERROR:'))
  return errors.at(-1)?.slice('ERROR: '.length) ?? lastWords(outcome)
}

/** @param {number} bytes */
export function megabytes(bytes) {
  return `${Math.round(bytes / 1e6)} MB`
}

/**
 * Takes what is needed of a wheel.
 * @param {string} python
 * @param {string} what  what is in it, for people
 * @param {Wheel} wheel
 * @param {string} file
 * @param {string} content  the folder to fill
 */
export async function unpackWheel(python, what, wheel, file, content) {
  const taken = Object.entries(wheel.take).map(([from, to]) => `${from}=${to}`)
  const outcome = await run(python, [
    fileURLToPath(new URL('unpackWheel.py', import.meta.url)),
    file,
    content,
    ...taken,
  ])
  if (outcome.errors.includes('No space left')) throw Object.assign(new Error('unpack'), { code: 'ENOSPC' })
  if (outcome.code !== 0)
    throw new SetupProblem(`${what} could not be unpacked (${lastWords(outcome)}). Run the command again.`)
}
