// Node 24 runs everything except set-up itself, because it runs TypeScript directly and better-sqlite3 needs it.
import { existsSync } from 'node:fs'
import { fingerprint } from './fingerprint.mjs'
import { inPackages } from './place.mjs'
import { nodePackageFor, platformOf } from './platform/platform.mjs'
import { SetupProblem } from './problem.mjs'
import { lastWords, run } from './run.mjs'
import { stampedStep } from './steps.mjs'

const neededMajor = 24

/**
 * The path of Node 24: from its npm package for this system, otherwise the Node that runs set-up if it is new enough.
 * @param {import('./place.mjs').Place} place
 * @throws SetupProblem if there is none
 */
export function node24(place) {
  const { install } = platformOf(place)
  const { name, program } = nodePackageFor(place)
  const packaged = inPackages(place, name, program)
  if (existsSync(packaged)) return packaged
  if (Number(process.versions.node.split('.')[0]) >= neededMajor) return process.execPath
  throw new SetupProblem(
    `Conv Lab needs Node.js ${neededMajor}, and npm has no package with it for ${place.platform} ${place.architecture}: install Node.js ${neededMajor} (${install.node}), then run the command again.`,
  )
}

export const nodeStep = stampedStep({
  id: 'node',
  name: `Node.js ${neededMajor}`,
  key: (place) => fingerprint([node24(place)]),
  results: (place) => [node24(place)],
  async make(place) {
    const outcome = await run(node24(place), ['--version'])
    if (outcome.code !== 0)
      throw new SetupProblem(
        `Node.js ${neededMajor} does not start on this computer (${lastWords(outcome)}). Install it yourself (nodejs.org) and start Conv Lab with it.`,
      )
  },
})
