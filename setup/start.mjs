// npm start: sets up what is missing, then opens the window, in Electron or else in a browser.
import { bundleOf } from './bundles.mjs'
import { command } from './command.mjs'
import { getElectron, reasonAgainstElectron } from './electron.mjs'
import { launch, typedIn } from './launch.mjs'
import { node24 } from './node24.mjs'
import { forEverything } from './prepare.mjs'
import { prepare } from './steps.mjs'

/** An Electron that crashes within this many seconds never opened a window. */
const crashedAtStartWithin = 10

await command(async (place) => {
  const parameters = process.argv.slice(2)
  await prepare(place, forEverything)
  const electron = await electronToUse(parameters)

  async function inBrowser() {
    const end = await launch(node24(place), ['--enable-source-maps', bundleOf(place, 'browser'), ...parameters], {
      cwd: typedIn(place.root),
    })
    return end.code
  }

  /**
   * Electron's binary, or null for the browser shell. `CONV_LAB_SHELL=browser` always chooses the browser shell.
   * @param {readonly string[]} given
   */
  async function electronToUse(given) {
    const isOfBrowserShell = given.some((parameter) => /^--(help|no-open|port|keep-alive)\b/.test(parameter))
    if (isOfBrowserShell || place.environment['CONV_LAB_SHELL'] === 'browser') return null
    const reason = reasonAgainstElectron(place, process.getuid?.() === 0)
    if (reason === null) return await getElectron(place)
    place.report.say(`Conv Lab opens in a browser instead of Electron: ${reason}.`)
    return null
  }

  if (electron === null) return inBrowser
  return async () => {
    const end = await launch(electron, [place.root, ...parameters], { cwd: typedIn(place.root) })
    // On some systems its sandbox is forbidden, and it aborts before it shows anything.
    const crashedAtStart =
      end.seconds < crashedAtStartWithin &&
      (end.signal === 'SIGTRAP' || end.signal === 'SIGABRT' || end.signal === 'SIGSEGV')
    if (!crashedAtStart) return end.code
    place.report.say(`Electron does not start here (${end.signal}), so Conv Lab opens in a browser.`)
    return await inBrowser()
  }
})
