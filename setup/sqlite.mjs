// better-sqlite3's package contains its compiled part. Here it is tried once.
import { fingerprint } from './fingerprint.mjs'
import { node24 } from './node24.mjs'
import { inPackages } from './place.mjs'
import { SetupProblem } from './problem.mjs'
import { lastWords, run } from './run.mjs'
import { stampedStep } from './steps.mjs'

const trial =
  "const Database = require('better-sqlite3'); const database = new Database(':memory:'); database.prepare('SELECT 1').get(); database.close()"

export const sqlite = stampedStep({
  id: 'sqlite',
  name: 'SQLite',
  key: (place) => fingerprint([node24(place), inPackages(place, 'better-sqlite3', 'package.json')]),
  results: () => [],
  async make(place) {
    const outcome = await run(node24(place), ['-e', trial], { cwd: place.root, environment: place.environment })
    if (outcome.code !== 0)
      throw new SetupProblem(
        `SQLite (the package better-sqlite3) does not load on ${place.platform} ${place.architecture} (${lastWords(outcome)}). Delete the folder node_modules and run the command again; if that does not help, this system is not supported.`,
      )
  },
})
