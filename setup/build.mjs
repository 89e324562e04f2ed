// npm run build: builds the programs and the window into dist/.
import { command } from './command.mjs'
import { forBuild } from './prepare.mjs'
import { prepare } from './steps.mjs'

await command(async (place) => {
  await prepare(place, forBuild)
  return 0
})
