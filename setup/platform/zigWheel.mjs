// The compiler's wheel, alike on every system.
import { zigVersion } from '../wheels/versions.mjs'

/**
 * A wheel of ziglang. It needs no Python to run.
 * @param {string} tag  pip's name of the system
 * @param {string} tags  all of them, as the wheel's name has them
 * @param {{ bytes: number, sha256: string }} file
 * @returns {import('../wheels/wheel.mjs').Wheel}
 */
export function zigWheel(tag, tags, { bytes, sha256 }) {
  return {
    project: 'ziglang',
    version: zigVersion,
    file: `ziglang-${zigVersion}-py3-none-${tags}.whl`,
    tag,
    bytes,
    sha256,
    take: { 'ziglang/': '', [`ziglang-${zigVersion}.dist-info/licenses/ziglang/`]: 'licences/' },
  }
}
