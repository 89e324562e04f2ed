// Finds or fetches a Chromium for the tests of the window.
import { existsSync } from 'node:fs'
import { installOnDebian } from './debian.mjs'
import { node24 } from './node24.mjs'
import { inPackages } from './place.mjs'
import { platformOf } from './platform/platform.mjs'
import { SetupProblem } from './problem.mjs'
import { findProgram, lastWords, run } from './run.mjs'

/** @typedef {import('./place.mjs').Place} Place */

/**
 * A Chromium on this computer: the one that `CONV_LAB_CHROMIUM` names, or one in a usual place.
 * @param {Place} place
 * @throws SetupProblem if the named one does not exist
 */
export function findChromium(place) {
  const named = place.environment['CONV_LAB_CHROMIUM']
  if (named !== undefined && named !== '') {
    if (existsSync(named)) return named
    throw new SetupProblem(
      `CONV_LAB_CHROMIUM names ${named}, which does not exist. Name a Chromium or Chrome, or unset it.`,
    )
  }
  const { browsers, browserFiles } = platformOf(place)
  return findProgram(browsers, place) ?? browserFiles.find((file) => existsSync(file)) ?? null
}

/**
 * A Chromium that starts. If there is none, it is fetched: Playwright's own, or on Debian, as root, the system's.
 * @param {Place} place
 * @returns {Promise<string>} its path
 */
export async function getChromium(place) {
  const found = findChromium(place)
  if (found !== null) return found
  const downloaded = await playwrightsChromium(place)
  if (downloaded !== null) return downloaded
  place.report.say('Chromium for the tests ...')
  const byPlaywright = await run(node24(place), [inPackages(place, 'playwright', 'cli.js'), 'install', 'chromium'], {
    cwd: place.root,
    environment: place.environment,
  })
  const installed = byPlaywright.code === 0 ? await playwrightsChromium(place) : null
  if (installed !== null) return installed
  const fromDebian = await debiansChromium(place)
  if (fromDebian !== null) return fromDebian
  throw new SetupProblem(
    `The tests of the window need Chromium, and Playwright could not install one that starts (${installReason(byPlaywright)}). Install it (${platformOf(place).install.chromium}), or name one in CONV_LAB_CHROMIUM.`,
  )
}

/**
 * Playwright's Chromium, if it exists and starts. On a bare system it lacks libraries.
 * @param {Place} place
 */
async function playwrightsChromium(place) {
  const asked = await run(node24(place), ['-p', "require('playwright-core').chromium.executablePath()"], {
    cwd: place.root,
    environment: place.environment,
  })
  const file = asked.output.trim()
  if (asked.code !== 0 || !existsSync(file)) return null
  const started = await run(file, ['--version'], { environment: place.environment })
  return started.code === 0 ? file : null
}

/** @param {import('./run.mjs').Outcome} outcome */
function installReason(outcome) {
  return (
    outcome.errors
      .split('\n')
      .find((line) => /^\s*(Error|Download failed)\b/.test(line))
      ?.trim() ?? lastWords(outcome)
  )
}

/** @param {Place} place */
async function debiansChromium(place) {
  const outcome = await installOnDebian(place, ['chromium'])
  return outcome?.code === 0 ? findChromium(place) : null
}
