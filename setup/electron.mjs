// Electron's binary, which its package does not contain: whether it exists, can be fetched, and can run here.
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { node24 } from './node24.mjs'
import { inPackages } from './place.mjs'
import { platformOf } from './platform/platform.mjs'
import { lastWords, run, signalChildren } from './run.mjs'
import { folderSize, watchFolder } from './watchFolder.mjs'
import { megabytes } from './wheels/wheel.mjs'

/** @typedef {import('./place.mjs').Place} Place */

/** A failed download is not tried again within this time, one day in milliseconds. */
const rememberFailureFor = 24 * 3600 * 1000
/** A download without progress for this time, in milliseconds, has failed. */
const patience = 20_000

/**
 * The binary, if it exists.
 * @param {Place} place
 */
export function electronProgram(place) {
  const pathFile = inPackages(place, 'electron', 'path.txt')
  const named = place.environment['ELECTRON_OVERRIDE_DIST_PATH']
  const program = existsSync(pathFile) ? readFileSync(pathFile, 'utf8') : 'electron'
  const file =
    named !== undefined && named !== '' ? path.join(named, program) : inPackages(place, 'electron', 'dist', program)
  return existsSync(file) ? file : null
}

/**
 * Why there is no screen to open a window on; null if there is one.
 * @param {Place} place
 */
export function reasonAgainstScreen(place) {
  const { screenVariables } = platformOf(place)
  if (screenVariables.length === 0 || screenVariables.some((name) => place.environment[name])) return null
  return `there is no screen (${screenVariables.join(' and ')} are not set)`
}

/**
 * Why Electron cannot open a window here, even if its binary exists; null if it can.
 * @param {Place} place
 * @param {boolean} isRoot
 */
export function reasonAgainstElectron(place, isRoot) {
  const reason = reasonAgainstScreen(place)
  if (reason !== null) return reason
  return isRoot && platformOf(place).rootHasNoSandbox ? 'it does not run as root' : null
}

/**
 * Electron's binary. If it does not exist, Electron's own installer is tried.
 * @param {Place} place
 * @returns {Promise<string | null>} null if it cannot be had
 */
export async function getElectron(place) {
  const program = electronProgram(place)
  if (program !== null) return program
  const failure = path.join(place.cache, `electron-${versionOf(place)}-failed.txt`)
  const failed = statSync(failure, { throwIfNoEntry: false })
  if (failed !== undefined && Date.now() - failed.mtimeMs < rememberFailureFor) return null
  place.report.say('Electron (110 MB to download) ...')
  const reason = await install(place)
  const installed = electronProgram(place)
  if (installed !== null) {
    rmSync(failure, { force: true })
    return installed
  }
  mkdirSync(place.cache, { recursive: true })
  writeFileSync(failure, `${reason}\n`)
  place.report.say(
    `Electron could not be downloaded (${reason}). It is tried again in a day, or when ${failure} is deleted.`,
  )
  return null
}

/**
 * Runs Electron's installer and gives up if it makes no progress.
 * @param {Place} place
 * @returns {Promise<string>} its last message
 */
async function install(place) {
  mkdirSync(place.cache, { recursive: true })
  const temporary = mkdtempSync(path.join(place.cache, '.writing-electron-'))
  let bytes = 0
  let lastHeadway = performance.now()
  let gaveUp = false
  const unpacked = inPackages(place, 'electron', 'dist')
  // The installer downloads to the temporary folder, then unpacks into its package.
  const stopWatching = watchFolder(temporary, (downloaded) => {
    const now = downloaded + folderSize(unpacked)
    if (now !== bytes) lastHeadway = performance.now()
    bytes = now
    place.report.progress(`Downloading Electron, ${megabytes(downloaded)}`)
    if (performance.now() - lastHeadway > patience && !gaveUp) {
      gaveUp = true
      signalChildren('SIGTERM')
    }
  })
  try {
    const outcome = await run(node24(place), [inPackages(place, 'electron', 'install.js')], {
      cwd: place.root,
      environment: { ...place.environment, TMPDIR: temporary, TMP: temporary, TEMP: temporary },
    })
    if (gaveUp) return `no answer within ${patience / 1000} s`
    return (
      outcome.errors
        .split('\n')
        .find((line) => line.trim() !== '')
        ?.trim()
        .slice(0, 200) ?? lastWords(outcome)
    )
  } finally {
    stopWatching()
    rmSync(temporary, { recursive: true, force: true })
  }
}

/** @param {Place} place */
function versionOf(place) {
  /** @type {{ version: string }} */
  const { version } = JSON.parse(readFileSync(inPackages(place, 'electron', 'package.json'), 'utf8'))
  return version
}
