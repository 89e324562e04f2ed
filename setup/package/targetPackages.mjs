// npm packages with compiled parts for a system that is not this one. npm installs only those of its own system, so the
// others are fetched one by one, and checked by the sums of the lock file.
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import path from 'node:path'
import { npmOf } from '../packages.mjs'
import { inPackages } from '../place.mjs'
import { SetupProblem } from '../problem.mjs'
import { renamePatiently } from '../rename.mjs'
import { lastWords, run } from '../run.mjs'

/** @typedef {import('../place.mjs').Place} Place */

/**
 * The folder of a package as the lock file has it: the installed one, or one in the cache, which is fetched if it is
 * missing there.
 * @param {Place} place
 * @param {string} name
 * @returns {Promise<string>}
 * @throws SetupProblem if npm cannot fetch it, or brings another file than the locked one
 */
export async function targetPackage(place, name) {
  const { version, integrity } = lockedPackage(place, name)
  const installed = inPackages(place, name)
  if (existsSync(path.join(installed, 'package.json'))) return installed
  const kept = path.join(place.cache, 'packages', `${name.replace('/', '+')}-${version}`)
  if (existsSync(kept)) return kept
  mkdirSync(path.dirname(kept), { recursive: true })
  const unfinished = mkdtempSync(path.join(path.dirname(kept), '.writing-'))
  try {
    const tarball = await fetchTarball(place, `${name}@${version}`, unfinished)
    checkIntegrity(tarball, integrity, name)
    const content = path.join(unfinished, 'content')
    mkdirSync(content)
    const tar = await import('tar')
    await tar.extract({ file: tarball, cwd: content, strip: 1 })
    // Two packagings may have fetched it at the same time; the first one counts.
    if (!existsSync(kept)) renamePatiently(content, kept)
  } finally {
    rmSync(unfinished, { recursive: true, force: true })
  }
  return kept
}

/**
 * @param {Place} place
 * @param {string} name
 * @returns {{ version: string, integrity: string }}
 */
function lockedPackage(place, name) {
  /** @type {{ packages: Record<string, { version: string, integrity: string } | undefined> }} */
  const { packages } = JSON.parse(readFileSync(path.join(place.root, 'package-lock.json'), 'utf8'))
  const locked = packages[`node_modules/${name}`]
  if (locked === undefined)
    throw new SetupProblem(`package-lock.json does not name ${name}, which this archive needs. Run npm install.`)
  return locked
}

/**
 * @param {Place} place
 * @param {string} wanted
 * @param {string} folder
 */
async function fetchTarball(place, wanted, folder) {
  const npm = npmOf(place)
  const outcome = await run(npm.command, [...npm.first, 'pack', wanted, '--pack-destination', folder, '--silent'], {
    cwd: place.root,
    environment: place.environment,
  })
  const [file] = readdirSync(folder).filter((name) => name.endsWith('.tgz'))
  if (outcome.code !== 0 || file === undefined)
    throw new SetupProblem(
      `npm could not fetch ${wanted} (${lastWords(outcome)}). Check the network and run the command again.`,
    )
  return path.join(folder, file)
}

/**
 * @param {string} file
 * @param {string} integrity  as a lock file has it: the kind of sum, a dash, the sum in base 64
 * @param {string} name
 */
export function checkIntegrity(file, integrity, name) {
  const [kind = '', expected] = integrity.split(/-(.*)/s)
  if (createHash(kind).update(readFileSync(file)).digest('base64') !== expected)
    throw new SetupProblem(
      `npm brought another ${name} than the one that package-lock.json names. It was not used; check the registry that your npm uses.`,
    )
}
