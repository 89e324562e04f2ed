// npm run test:electron: the end-to-end tests of the Electron shell, in the real Electron. Fetches its binary if need be.
import { command } from './command.mjs'
import { getElectron, reasonAgainstScreen } from './electron.mjs'
import { node24 } from './node24.mjs'
import { inPackages } from './place.mjs'
import { forEverything } from './prepare.mjs'
import { SetupProblem } from './problem.mjs'
import { run } from './run.mjs'
import { prepare } from './steps.mjs'

await command(async (place) => {
  const reason = reasonAgainstScreen(place)
  if (reason !== null)
    throw new SetupProblem(
      `Electron cannot be tested here: ${reason}. Without a screen, Xvfb gives one: xvfb-run npm run test:electron`,
    )
  await prepare(place, forEverything)
  if ((await getElectron(place)) === null)
    throw new SetupProblem(
      `Electron's binary is not on this computer. With a network, this fetches it once: node node_modules/electron/install.js`,
    )
  const { code } = await run(
    node24(place),
    [
      inPackages(place, 'playwright', 'cli.js'),
      'test',
      '--config',
      'test/e2e/playwright.config.ts',
      'electron.spec.ts',
      ...process.argv.slice(2),
    ],
    { cwd: place.root, environment: place.environment, show: true },
  )
  return code ?? 1
})
