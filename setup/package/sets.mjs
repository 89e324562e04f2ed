// The data sets that go into a portable archive: got and packed by Conv Lab itself, as a teacher's computer does for a
// mirror. They are kept in the cache folder, so that the next archive has them at once.
import { existsSync, mkdirSync } from 'node:fs'
import path from 'node:path'
import { bundleOf } from '../bundles.mjs'
import { node24 } from '../node24.mjs'
import { SetupProblem } from '../problem.mjs'
import { lastWords, run } from '../run.mjs'

/**
 * Puts packed sets into the folder `datasets` of a portable folder, in which the program looks first.
 * @param {import('../place.mjs').Place} place
 * @param {string} folder
 * @param {readonly string[]} sets
 * @throws SetupProblem with Conv Lab's own sentence where a set is unknown, cannot be got, or may not be passed on
 */
export async function packSets(place, folder, sets) {
  if (sets.length === 0) return
  const home = path.join(place.cache, 'sets-for-archives')
  const into = path.join(folder, 'datasets')
  mkdirSync(into, { recursive: true })
  for (const id of sets) {
    place.report.say(`Data set ${id} ...`)
    const file = path.join(into, `${id}.conv-lab`)
    for (const words of [
      ['dataset', 'get', id],
      ['dataset', 'pack', id, '--out', file],
    ]) {
      const outcome = await run(node24(place), [bundleOf(place, 'cli'), ...words, '--home', home], {
        environment: place.environment,
      })
      if (outcome.code !== 0) throw new SetupProblem(lastWords(outcome))
    }
    if (!existsSync(file)) throw new SetupProblem(`The data set ${id} could not be packed. Run the command again.`)
  }
}
