// npm run check:lint: the rules that need types, by oxlint, for TypeScript's files and for components; then ESLint, for
// who imports whom and for how components are written.
import path from 'node:path'
import { command } from './command.mjs'
import { writeComponents } from './lint/writeComponents.mjs'
import { node24 } from './node24.mjs'
import { inPackages } from './place.mjs'
import { run } from './run.mjs'

await command(async (place) => {
  const components = writeComponents(place.root)
  const oxlint = [inPackages(place, 'oxlint', 'bin/oxlint'), '--type-aware', '--config']
  /** @type {[program: string[], cwd: string][]} */
  const checks = [
    [[...oxlint, '.oxlintrc.json'], place.root],
    [[...oxlint, path.join(place.root, '.oxlintrc.components.json')], components],
    [[inPackages(place, 'eslint', 'bin/eslint.js'), '.', '--max-warnings', '0'], place.root],
  ]
  let failed = false
  for (const [program, cwd] of checks) {
    const { code } = await run(node24(place), program, { cwd, environment: place.environment, show: true })
    if (code !== 0) failed = true
  }
  return failed ? 1 : 0
})
