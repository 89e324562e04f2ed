// The Python wheel from which TensorFlow's library is taken. TensorFlow's Python part is neither installed nor run.
import { createHash } from 'node:crypto'
import { createReadStream, existsSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'
import { SetupProblem } from '../problem.mjs'
import { findProgram, lastWords, run } from '../run.mjs'
import { folderSize, watchFolder } from '../watchFolder.mjs'
import { tensorflowVersion } from './library.mjs'

/**
 * @typedef {import('../place.mjs').Place} Place
 *
 * @typedef {object} Wheel
 * @property {string} project
 * @property {string} file
 * @property {string} tag  pip's name of the system
 * @property {number} bytes
 * @property {string} sha256
 */

/**
 * Wheels by system. The one for Linux x64 has been tried; the other two have the same contents under other names.
 * @type {Record<string, Wheel>}
 */
const wheels = {
  'linux x64': {
    project: 'tensorflow-cpu',
    file: `tensorflow_cpu-${tensorflowVersion}-cp311-cp311-manylinux_2_27_x86_64.whl`,
    tag: 'manylinux_2_27_x86_64',
    bytes: 273_829_956,
    sha256: '2b847d217b02ee7731ed91431daf3250daa0196c3c94614d23be27232e6e5b6c',
  },
  'linux arm64': {
    project: 'tensorflow',
    file: `tensorflow-${tensorflowVersion}-cp311-cp311-manylinux_2_27_aarch64.whl`,
    tag: 'manylinux_2_27_aarch64',
    bytes: 281_828_020,
    sha256: '4b24aca16d527a3cf1c37f720c04c484c3d20f4d0fdfa98632ac8b9f3be6eb5c',
  },
  'darwin arm64': {
    project: 'tensorflow',
    file: `tensorflow-${tensorflowVersion}-cp311-cp311-macosx_12_0_arm64.whl`,
    tag: 'macosx_12_0_arm64',
    bytes: 223_405_849,
    sha256: '51f46f4806139d01fc7920cc72a4c75876f80649bf40ff083ab6212ceb43ca88',
  },
}

/**
 * The wheel for this system.
 * @param {Place} place
 * @throws SetupProblem when there is none
 */
export function wheelFor(place) {
  const wheel = wheels[`${place.platform} ${place.architecture}`]
  if (wheel !== undefined) return wheel
  const advice =
    place.platform === 'win32'
      ? 'Use the Windows Subsystem for Linux (wsl --install) and start Conv Lab in it'
      : 'Name a folder with lib and include of a TensorFlow 2 C library in CONV_LAB_TENSORFLOW'
  throw new SetupProblem(
    `Set-up cannot fetch TensorFlow's library for ${place.platform} ${place.architecture}, only for Linux on x64 and arm64 and for macOS on Apple silicon. ${advice}.`,
  )
}

/**
 * Python 3, whose pip downloads the wheel and which unpacks it.
 * @param {Place} place
 * @throws SetupProblem if Python or its pip is missing
 */
export async function pythonWithPip(place) {
  const python = findProgram(['python3', 'python'], place.environment)
  const install =
    place.platform === 'darwin'
      ? 'brew install python'
      : 'Debian and Ubuntu: sudo apt install python3 python3-pip; Fedora: sudo dnf install python3 python3-pip'
  if (python === null)
    throw new SetupProblem(
      `Python 3 is missing: set-up fetches TensorFlow's library with its pip. Install it (${install}), then run the command again.`,
    )
  const outcome = await run(python, ['-m', 'pip', '--version'], { environment: place.environment })
  if (outcome.code !== 0 || !outcome.output.includes('python 3'))
    throw new SetupProblem(
      `pip for Python 3 is missing (${lastWords(outcome)}): set-up fetches TensorFlow's library with it. Install it (${install}), then run the command again.`,
    )
  return python
}

/**
 * Downloads a wheel into a folder and checks it.
 * @param {Place} place
 * @param {string} python
 * @param {Wheel} wheel
 * @param {string} folder  an empty one; useless after a failure
 * @returns {Promise<string>} the file
 */
export async function downloadWheel(place, python, wheel, folder) {
  // The system is always named, because the library does not depend on the version of Python that downloads it.
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
      `${wheel.project}==${tensorflowVersion}`,
    ],
    {
      // pip downloads to the temporary folder first, which may be too small.
      environment: { ...place.environment, TMPDIR: folder },
    },
  )
  const stopWatching = watchFolder(folder, (bytes) =>
    place.report.progress(`Downloading ${megabytes(bytes)} of ${megabytes(wheel.bytes)}`),
  )
  const outcome = await download.finally(stopWatching)
  if (outcome.errors.includes('No space left')) throw Object.assign(new Error('pip download'), { code: 'ENOSPC' })
  if (outcome.code !== 0)
    throw new SetupProblem(
      `TensorFlow's library could not be downloaded (pip: ${pipReason(outcome)}). Check the network and run the command again, or name a folder that has it in CONV_LAB_TENSORFLOW.`,
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
export async function checkSum(file, expected) {
  const hash = createHash('sha256')
  await pipeline(createReadStream(file), hash)
  const actual = hash.digest('hex')
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
