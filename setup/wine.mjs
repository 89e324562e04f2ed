// Wine in a Debian of its own, for tests of what runs on Windows. It needs root, bubblewrap and debootstrap.
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import path from 'node:path'
import { SetupProblem } from './problem.mjs'
import { lastWords, run } from './run.mjs'

/** Programs without which there is no Wine here, each with Debian's package of it. */
export const neededForWine = { bwrap: 'bubblewrap', debootstrap: 'debootstrap' }

/** Debian 13 has Wine 10, the first that runs Node 24. */
const suite = 'trixie'

/** Where programs inside see the folder to work in. */
export const workInside = '/mnt/w'

/** Where programs inside see the small disk, if there is one. */
export const diskInside = '/mnt/disk'

/**
 * @typedef {object} Wine
 * @property {string} root  a Debian with Wine, which is only read
 * @property {string} work  a folder to work in; it holds the Windows that Wine made, `prefix`
 *
 * @typedef {object} Inside
 * @property {string} [folder]  where the program starts, as it is seen inside
 * @property {readonly (readonly [folder: string, seenAs: string])[]} [readOnly]  more folders of this computer
 * @property {boolean} [network]  whether this computer's network is seen; otherwise there is a loopback of its own
 * @property {number} [disk]  bytes of a small disk, which is empty at first
 * @property {string} [host]  the computer's name
 * @property {Readonly<Record<string, string>>} [environment]  variables beside the usual ones
 */

/**
 * The words for bubblewrap, which runs a command in the Debian.
 * @param {Wine} wine
 * @param {Inside} inside
 * @param {readonly string[]} command
 * @returns {string[]}
 */
export function inWine({ root, work }, inside, command) {
  const { folder = workInside, readOnly = [], network = false, disk, host = 'lab-pc', environment } = inside
  const variables = {
    HOME: workInside,
    PATH: '/usr/bin:/bin',
    LANG: 'C.UTF-8',
    WINEPREFIX: `${workInside}/prefix`,
    WINEDEBUG: '-all',
    // Wine would offer to fetch these parts, which nothing here needs.
    WINEDLLOVERRIDES: 'mscoree,mshtml=',
    ...environment,
  }
  return [
    ...['--ro-bind', root, '/', '--tmpfs', '/tmp', '--tmpfs', '/run', '--proc', '/proc', '--dev', '/dev'],
    ...['--tmpfs', '/mnt', '--bind', work, workInside],
    ...readOnly.flatMap(([there, seenAs]) => ['--ro-bind', there, seenAs]),
    ...(disk === undefined ? [] : ['--size', String(disk), '--tmpfs', diskInside]),
    ...[
      '--unshare-all',
      '--hostname',
      host,
      ...(network ? ['--share-net'] : []),
      '--die-with-parent',
      '--clearenv',
      '--chdir',
      folder,
    ],
    ...Object.entries(variables).flatMap(([name, value]) => ['--setenv', name, value]),
    ...command,
  ]
}

/**
 * The Debian in the cache folder, which is made if it is missing, with a Windows in the folder to work in.
 * @param {string} cache
 * @param {string} work
 * @returns {Promise<Wine>}
 * @throws SetupProblem if one of them cannot be made
 */
export async function wineFor(cache, work) {
  const wine = { root: path.join(cache, `wine-${suite}`), work }
  mkdirSync(cache, { recursive: true })
  await makeWhole(wine.root, (unfinished) =>
    run('debootstrap', ['--variant=minbase', '--include=wine,wine64', suite, unfinished]),
  )
  await makeWhole(path.join(work, 'prefix'), (unfinished) => {
    const environment = { WINEPREFIX: `${workInside}/${path.basename(unfinished)}` }
    // Wine's server writes the registry when it ends.
    const command = ['sh', '-c', 'wineboot --init && wineserver --wait']
    return run('bwrap', inWine(wine, { environment }, command))
  })
  return wine
}

/**
 * Makes a folder, whole or not at all, unless it is there.
 * @param {string} folder
 * @param {(unfinished: string) => Promise<import('./run.mjs').Outcome>} make
 */
async function makeWhole(folder, make) {
  if (existsSync(folder)) return
  const unfinished = `${folder}.writing`
  rmSync(unfinished, { recursive: true, force: true })
  const outcome = await make(unfinished)
  if (outcome.code !== 0) throw new SetupProblem(`${folder} could not be made (${lastWords(outcome)}).`)
  renameSync(unfinished, folder)
}
