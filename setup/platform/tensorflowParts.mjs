// What is taken of a wheel of TensorFlow, alike on every system.
import { tensorflowVersion } from '../wheels/versions.mjs'

/** The headers that the C API refers to; the wheel holds many more. */
const headers = Object.fromEntries(
  ['tensorflow/c/', 'tensorflow/core/platform/', 'tsl/', 'xla/tsl/', 'absl/'].map((folder) => [
    `tensorflow/include/${folder}`,
    `include/${folder}`,
  ]),
)

/** Where the licences lie beside the library. */
export const licencesFolder = 'licences/tensorflow'

/**
 * What is taken for the licences: TensorFlow's own first, then those of what it contains.
 * @param {string} folder  where they go
 */
export function licenceFiles(folder) {
  return {
    'tensorflow/include/LICENSE': `${folder}/1-LICENSE.txt`,
    'tensorflow/THIRD_PARTY_NOTICES.txt': `${folder}/2-THIRD_PARTY_NOTICES.txt`,
  }
}

/**
 * A wheel of TensorFlow for Python 3.11. No Python runs it, so which one it is for does not matter.
 * @param {string} project  its name in the package index
 * @param {string} tag  pip's name of the system
 * @param {Record<string, string>} libraries  which files are the library, and where they go
 * @param {{ bytes: number, sha256: string }} file
 * @returns {import('../wheels/wheel.mjs').Wheel}
 */
export function tensorflowWheel(project, tag, libraries, { bytes, sha256 }) {
  return {
    project,
    version: tensorflowVersion,
    file: `${project.replaceAll('-', '_')}-${tensorflowVersion}-cp311-cp311-${tag}.whl`,
    tag,
    bytes,
    sha256,
    take: { ...libraries, ...headers, ...licenceFiles(licencesFolder) },
  }
}
