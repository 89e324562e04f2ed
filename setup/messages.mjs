// Compiles the window's messages in both languages to functions, which tsc and the bundle then read.
import path from 'node:path'
import { contentFingerprint } from './fingerprint.mjs'
import { node24 } from './node24.mjs'
import { inPackages } from './place.mjs'
import { SetupProblem } from './problem.mjs'
import { lastWords, run } from './run.mjs'
import { stampedStep } from './steps.mjs'

export const compiledMessages = path.join('renderer', 'messages', 'compiled')

export const messages = stampedStep({
  id: 'messages',
  name: 'Messages',
  key: (place) => {
    const compiled = path.join(place.root, compiledMessages)
    // Compiling rewrites the settings, so contents are compared instead of times.
    return contentFingerprint(
      [
        path.join(place.root, 'project.inlang', 'settings.json'),
        path.join(place.root, 'renderer', 'messages'),
        inPackages(place, '@inlang', 'paraglide-js', 'package.json'),
      ],
      (file) => file === compiled,
    )
  },
  results: (place) => [path.join(place.root, compiledMessages, 'messages.js')],
  async make(place) {
    const program = inPackages(place, '@inlang', 'paraglide-js', 'bin', 'run.js')
    const outcome = await run(
      node24(place),
      [
        program,
        'compile',
        '--project',
        './project.inlang',
        '--outdir',
        `./${compiledMessages.replaceAll(path.sep, '/')}`,
        '--emit-ts-declarations',
        '--silent',
      ],
      { cwd: place.root, environment: place.environment },
    )
    if (outcome.code !== 0)
      throw new SetupProblem(`The messages of the window could not be compiled (${lastWords(outcome)}).`)
  },
})
