// Tells whether files have changed.
import { createHash } from 'node:crypto'
import { createReadStream, readFileSync, readdirSync, statSync } from 'node:fs'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'

/**
 * All files below the given files and folders, sorted. Paths that do not exist contribute nothing.
 * @param {readonly string[]} roots
 * @param {(file: string) => boolean} leaveOut
 * @returns {string[]}
 */
export function filesUnder(roots, leaveOut = () => false) {
  /** @type {string[]} */
  const found = []
  const waiting = [...roots]
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const current = next
    if (leaveOut(current)) continue
    const status = statSync(current, { throwIfNoEntry: false })
    if (status === undefined) continue
    if (status.isDirectory()) waiting.push(...readdirSync(current).map((name) => path.join(current, name)))
    else found.push(current)
  }
  return found.sort()
}

/**
 * The sum of a file of any size.
 * @param {string} file
 * @returns {Promise<string>} SHA-256 in hex
 */
export async function sumOfFile(file) {
  const hash = createHash('sha256')
  await pipeline(createReadStream(file), hash)
  return hash.digest('hex')
}

/**
 * A hash of the names, sizes and modification times of all files below `roots`. It is cheap even for large files. Equal
 * fingerprints mean that nothing was changed.
 * @param {readonly string[]} roots
 * @param {(file: string) => boolean} [leaveOut]
 */
export function fingerprint(roots, leaveOut) {
  const hash = createHash('sha256')
  for (const file of filesUnder(roots, leaveOut)) {
    const status = statSync(file)
    hash.update(`${file}\0${status.size}\0${status.mtimeMs}\n`)
  }
  return hash.digest('hex')
}

/**
 * A hash of the names and contents of all files below `roots`, for files that a tool rewrites without changing them.
 * @param {readonly string[]} roots
 * @param {(file: string) => boolean} [leaveOut]
 */
export function contentFingerprint(roots, leaveOut) {
  const hash = createHash('sha256')
  for (const file of filesUnder(roots, leaveOut)) {
    const content = readFileSync(file)
    hash.update(`${file}\0${content.byteLength}\n`).update(content)
  }
  return hash.digest('hex')
}
