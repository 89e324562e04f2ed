// The window, built by vite into dist/window.
import path from 'node:path'
import { fingerprint } from './fingerprint.mjs'
import { compiledMessages } from './messages.mjs'
import { node24 } from './node24.mjs'
import { inPackages } from './place.mjs'
import { SetupProblem } from './problem.mjs'
import { lastWords, run } from './run.mjs'
import { stampedStep } from './steps.mjs'

export const window = stampedStep({
  id: 'window',
  name: 'Window',
  // The compiled messages are left out: their sources stand for them.
  key: (place) => {
    const compiled = path.join(place.root, compiledMessages)
    return fingerprint(
      ['core', 'renderer', 'vite.config.ts', 'svelte.config.js', 'package-lock.json', 'setup/licences.mjs'].map(
        (name) => path.join(place.root, name),
      ),
      (file) => file === compiled,
    )
  },
  results: (place) => ['index.html', 'licences.json'].map((file) => path.join(place.root, 'dist', 'window', file)),
  async make(place) {
    const outcome = await run(
      node24(place),
      [inPackages(place, 'vite', 'bin', 'vite.js'), 'build', '--logLevel', 'warn'],
      { cwd: place.root, environment: place.environment },
    )
    if (outcome.code !== 0) throw new SetupProblem(`The window could not be built (${lastWords(outcome)}).`)
  },
})
