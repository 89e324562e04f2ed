// A step of set-up: something that must be there, how to tell that it is, and how to make it.
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { withLock } from './lock.mjs'
import { inPackages } from './place.mjs'

/**
 * @typedef {import('./place.mjs').Place} Place
 *
 * @typedef {object} Step
 * @property {string} name  what a waiting person reads
 * @property {(place: Place) => boolean} current  cheap: a warm start asks every step
 * @property {(place: Place) => Promise<void>} make
 */

/**
 * A step whose result is current while the key of its inputs is the one it was made from and its results exist.
 * The stamp goes before the work and comes after it, so an interrupted step never looks finished.
 * @param {{ id: string, name: string, key: (place: Place) => string, results: (place: Place) => string[], make: (place:
 *   Place) => Promise<void> }} step
 * @returns {Step}
 */
export function stampedStep({ id, name, key, results, make }) {
  // Stamps lie in node_modules: when the packages are installed anew, everything made with them is made anew.
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
      // Taken before the work: an input that changes meanwhile makes the step due again.
      const madeFrom = key(place)
      await make(place)
      mkdirSync(path.dirname(stampOf(place)), { recursive: true })
      const temporary = `${stampOf(place)}.${process.pid}`
      writeFileSync(temporary, madeFrom)
      renameSync(temporary, stampOf(place))
    },
  }
}

/**
 * Makes what is not current, in order. When all is current this only looks, and takes no lock.
 * @param {Place} place
 * @param {readonly Step[]} steps
 */
export async function prepare(place, steps) {
  if (steps.every((step) => step.current(place))) return
  await withLock(place, path.join(place.root, '.set-up'), 'this folder', async () => {
    for (const step of steps) {
      // Asked again: another set-up may have made it while this one waited.
      if (step.current(place)) continue
      const begin = performance.now()
      place.report.say(`${step.name} ...`)
      await step.make(place)
      place.report.say(`${step.name}: done in ${((performance.now() - begin) / 1000).toFixed(1)} s`)
    }
  })
}
