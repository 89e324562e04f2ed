// What is taken of a wheel of TensorFlow, alike on every system.
import { tensorflowVersion } from '../wheels/versions.mjs'

/** The headers that the C API refers to; the wheel holds many more. */
const headers = Object.fromEntries(
  ['tensorflow/c/', 'tensorflow/core/platform/', 'tsl/', 'xla/tsl/', 'absl/'].map((folder) => [
    `tensorflow/include/${folder}`,
    `include/${folder}`,
  ]),
)

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
    take: { ...libraries, ...headers },
  }
}
