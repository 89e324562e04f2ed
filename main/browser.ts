import { setTimeout as delay } from 'node:timers/promises'
import { LabError, problemOf, refuse, sentenceOf, type Problem } from '../core/words/problems.ts'
import { openWindow } from './browser/openWindow.ts'
import { seenInTime } from './browser/seenInTime.ts'
import { isWithoutTerminal, tellAtStart } from './browser/tellAtStart.ts'
import { parseOptions, usage, type BrowserOptions } from './browser/options.ts'
import { openBrowserShell, type BrowserShell } from './browser/shell.ts'
import type { Way } from './platform/waysToOpen.ts'
import { forkEngine } from './engine/host/engineHost.ts'
import { openLog } from './files/log.ts'
import { homePlaces } from './files/places.ts'
import { guardAgainstCrashes } from './shells/crashGuard.ts'
import { onEndSignals } from './shells/endSignals.ts'
import { ownerOf } from './shells/owner.ts'
import { builtPlaces } from './shells/builtPlaces.ts'
import { systemLanguage } from './shells/systemLanguage.ts'
import { waysHere } from './shells/waysHere.ts'

/** Long enough for a reload or a restarted browser, short enough not to train unseen for long. */
const goneSeconds = 30

/** Long enough for a message to reach the page. */
const tellingMilliseconds = 500

/** Long enough for a browser to show the window to somebody who cannot read its address. */
const unseenMilliseconds = 180_000

function print(line: string): void {
  process.stdout.write(`${line}\n`)
}

function say(problem: Problem): void {
  process.stderr.write(`${sentenceOf(problem, systemLanguage())}\n`)
}

/**
 * Opens a window onto this lab, or prints its address if no browser can be started.
 * @returns False if nobody sees either.
 */
async function show(shell: BrowserShell, { open, keepAlive }: BrowserOptions): Promise<boolean> {
  const onTry = (way: Way): void =>
    print(`Conv Lab opens in ${way.name}. Close its window, or press Ctrl+C here, to end it.`)
  const { arrived } = shell
  const ways = (): Way[] => waysHere(shell.address())
  const opened = open ? openWindow({ ways, arrived, onTry, successAfterSeconds: null }) : Promise.resolve(false)
  if (open && !keepAlive && isWithoutTerminal()) return seenInTime({ opened, arrived, patience: unseenMilliseconds })
  if (!(await opened)) print(`Conv Lab is at ${shell.address()}`)
  return true
}

/** Opens another window onto a lab that is running already. */
async function showElsewhere(address: string, open: boolean): Promise<void> {
  const onTry = (way: Way): void => print(`Conv Lab is running already. Its window opens in ${way.name}.`)
  const opened =
    open && (await openWindow({ ways: () => waysHere(address), arrived: () => false, onTry, successAfterSeconds: 5 }))
  if (opened) return
  if (open && isWithoutTerminal()) refuse('window-not-shown', {})
  print(`Conv Lab is at ${address}`)
}

async function run(options: BrowserOptions): Promise<void> {
  const owner = await ownerOf(options.home)
  // The owner has no address if it is a command or Electron's window. Opening the folder below then fails and says
  // which.
  if (owner !== null && owner.address !== null) {
    await showElsewhere(owner.address, options.open)
    return
  }
  const shell = await openBrowserShell({
    home: options.home,
    port: options.port,
    windowFolder: builtPlaces.windowFolder,
    launchEngine: forkEngine,
    warm: true,
    goneSeconds: options.keepAlive ? null : goneSeconds,
  })
  guardAgainstCrashes({
    log: shell.log,
    say,
    end: () => {
      process.exitCode = 1
      void shell.end()
    },
  })
  void shell.taken.then(async (of) => {
    say(of)
    // The page is told too, and shows it when this program is gone.
    await delay(tellingMilliseconds)
    process.exit(1)
  })
  // `ended` reports how it ended.
  onEndSignals(() => void shell.end())
  let unseen = false
  const end = (seen: boolean): void => {
    if (seen) return
    unseen = true
    void shell.end()
  }
  show(shell, options).then(end, (thrown: unknown) => say(problemOf(thrown)))
  await shell.ended
  if (unseen) refuse('window-not-shown', {})
}

async function main(): Promise<void> {
  const options = parseOptions(process.argv.slice(2))
  if (options.help) {
    process.stdout.write(usage)
    return
  }
  try {
    await run(options)
  } catch (thrown) {
    if (!(thrown instanceof LabError)) openLog(homePlaces(options.home).folder).add('the browser shell', thrown)
    say(problemOf(thrown))
    process.exitCode = 1
    if (options.open) await tellAtStart(sentenceOf(problemOf(thrown), systemLanguage()))
  }
}

// If the reader of the output goes away (`npm start | head`, a closed terminal), training goes on, or ends in order.
process.stdout.on('error', () => undefined)
process.stderr.on('error', () => undefined)

try {
  await main()
} catch (thrown) {
  say(problemOf(thrown))
  process.exitCode = 1
}
