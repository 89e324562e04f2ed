// A step of set-up: something that must exist, how to tell whether it does, and how to make it.
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { withLock } from './lock.mjs'
import { inPackages } from './place.mjs'
import { renamePatiently } from './rename.mjs'

/**
 * @typedef {import('./place.mjs').Place} Place
 *
 * @typedef {object} Step
 * @property {string} name  what a waiting person reads
 * @property {(place: Place) => boolean} current  cheap: a warm start asks every step
 * @property {(place: Place) => Promise<void>} make
 */

/**
 * A step that is current if its results exist and were made from inputs with the same key. The stamp with the key is
 * removed before the work and written after it, so an interrupted step never looks finished.
 * @param {{ id: string, name: string, key: (place: Place) => string, results: (place: Place) => string[], make: (place:
 *   Place) => Promise<void> }} step
 * @returns {Step}
 */
export function stampedStep({ id, name, key, results, make }) {
  // Stamps are in node_modules: if the packages are installed again, everything made with them is made again.
  /** @param {Place} place */
  const stampOf = (place) => inPackages(place, '.conv-lab', `${id}.stamp`)
  return {
    name,
    current: (place) =>
      existsSync(stampOf(place)) &&
      readFileSync(stampOf(place), 'utf8') === key(place) &&
      results(place).every((result) => existsSync(result)),
    async make(place) {
      rmSync(stampOf(place), { force: true })
      // Computed before the work: if an input changes meanwhile, the step is due again.
      const madeFrom = key(place)
      await make(place)
      mkdirSync(path.dirname(stampOf(place)), { recursive: true })
      const temporary = `${stampOf(place)}.${process.pid}`
      writeFileSync(temporary, madeFrom)
      renamePatiently(temporary, stampOf(place))
    },
  }
}

/**
 * Makes all steps that are not current, in order. If all are current, this only checks and takes no lock.
 * @param {Place} place
 * @param {readonly Step[]} steps
 */
export async function prepare(place, steps) {
  if (steps.every((step) => step.current(place))) return
  await withLock(place, path.join(place.root, '.set-up'), 'this folder', async () => {
    for (const step of steps) {
      // Checked again: another set-up may have made it while this one waited.
      if (step.current(place)) continue
      const begin = performance.now()
      place.report.say(`${step.name} ...`)
      await step.make(place)
      place.report.say(`${step.name}: done in ${((performance.now() - begin) / 1000).toFixed(1)} s`)
    }
  })
}
