import { createHash } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import path from 'node:path'
import { app, dialog, Menu, nativeTheme, powerMonitor, session, shell, type BrowserWindow } from 'electron'
import type { Language } from '../../core/words/language.ts'
import { problem, problemOf, sentenceOf, type Problem } from '../../core/words/problems.ts'
import type { Preferences } from '../../core/contract/windowContract.ts'
import type { LaunchEngine } from '../engine/host/forkEngine.ts'
import { writeProblem } from '../files/atomicFile.ts'
import { cacheFolder } from '../files/places.ts'
import { menusOfApplications } from '../platform/menus.ts'
import type { Lab } from '../lab.ts'
import { openServedLab } from '../shells/openServedLab.ts'
import { guardAgainstCrashes } from '../shells/crashGuard.ts'
import { systemLanguage } from '../shells/systemLanguage.ts'
import { confinePages, denyPermissions } from './confinement.ts'
import { registerLabScheme, serveLabScheme, windowAddress } from './labScheme.ts'
import { createLabWindow, focus, stateOf } from './labWindow.ts'
import { menuTemplate } from './menu.ts'
import { acceptPorts } from './portHandover.ts'
import { readWindowState, writeWindowState } from './windowState.ts'

/** The same as `appId` in electron-builder.yml. */
const applicationId = 'org.conv-lab.app'

/** If the page crashes again within this many milliseconds, it is not loaded once more. */
const crashesInARowWithin = 10_000

export interface ElectronOptions {
  readonly home: string
  /** Folder of the built window. */
  readonly windowFolder: string
  readonly launchEngine: LaunchEngine
  readonly warm: boolean
}

function languageFor(preference: Preferences['language']): Language {
  return preference === 'system' ? systemLanguage(app.getLocale()) : preference
}

function say(of: Problem, language: Language): void {
  dialog.showErrorBox('Conv Lab', sentenceOf(of, language))
}

/**
 * Gives Chromium's part of the app a folder. Two home folders are two labs, so each has its own profile. Electron's
 * single-instance lock belongs to the profile.
 * @returns The problem if the folder cannot be made, otherwise null.
 */
function setProfile(home: string): Problem | null {
  const profile = createHash('sha256').update(path.resolve(home)).digest('hex').slice(0, 16)
  const folder = path.join(cacheFolder(), 'electron', profile)
  try {
    // Electron takes only a folder that is there.
    mkdirSync(folder, { recursive: true })
  } catch (thrown) {
    return problemOf(writeProblem(thrown, folder))
  }
  app.setPath('userData', folder)
  // Windows shows notices only of a program that it knows by this name, which the installer gives its entry in the menu.
  app.setAppUserModelId(applicationId)
  return null
}

/**
 * Starts the Electron shell: one app for each home folder, one window, and the lab behind it until the window is
 * closed. A second start with the same folder brings that window to the front. Call it before Electron is ready.
 */
export async function startElectron(options: ElectronOptions): Promise<void> {
  const unfit = setProfile(options.home)
  app.enableSandbox()
  registerLabScheme()
  if (unfit === null && !app.requestSingleInstanceLock()) {
    app.quit()
    return
  }
  await app.whenReady()
  if (unfit !== null) {
    say(unfit, languageFor('system'))
    app.exit(1)
    return
  }
  let lab: Lab
  try {
    lab = await openServedLab({
      home: options.home,
      shell: 'electron',
      launchEngine: options.launchEngine,
      warm: options.warm,
      openFolder: (folder) => shell.openPath(folder),
    })
  } catch (thrown) {
    say(problemOf(thrown), languageFor('system'))
    app.exit(1)
    return
  }
  try {
    await showLab(lab, options.windowFolder)
  } catch (thrown) {
    lab.log.add('opening the window', thrown)
    say(problemOf(thrown), languageFor('system'))
    await lab.close()
    app.exit(1)
  }
}

async function showLab(lab: Lab, windowFolder: string): Promise<void> {
  serveLabScheme(session.defaultSession, { windowFolder, lab })
  denyPermissions(session.defaultSession)
  confinePages(
    () => new Set(lab.datasets.list().map((entry) => entry.page)),
    (thrown) => lab.log.add('opening the page of a data set', thrown),
  )
  const window = createLabWindow(readWindowState(lab.home.folder))
  const end = endOnce(lab, window)
  // The language is kept here, because the history may be closed when a sentence is needed.
  let language = languageFor('system')
  let lastCrash = -Infinity
  guardAgainstCrashes({ log: lab.log, say: (of) => say(of, language), end })
  void lab.taken.then((of) => {
    say(of, language)
    // Not by quitting, which takes Node.js down in order: `Lab.taken` says why.
    process.kill(process.pid, 'SIGKILL')
  })
  app.on('second-instance', () => focus(window))
  window.webContents.on('render-process-gone', (_event, details) => {
    // A clean exit means that the page is being closed.
    if (details.reason === 'clean-exit') return
    lab.log.add(`the page ended: ${details.reason}, exit code ${details.exitCode}`)
    // The page holds no state of its own, so loading it again is enough, unless that is what makes it crash.
    const now = performance.now()
    const again = now - lastCrash < crashesInARowWithin
    lastCrash = now
    if (!again) {
      window.webContents.reload()
      return
    }
    say(problem('internal', { detail: `${details.reason}, ${details.exitCode}` }), language)
    end()
  })
  acceptPorts(lab, window.webContents)
  const onPreferences = (preferences: Preferences): void => {
    language = languageFor(preferences.language)
    wear(preferences.theme, language)
  }
  followPreferences(lab, onPreferences).catch((thrown: unknown) => lab.log.add('following the preferences', thrown))
  await window.loadURL(windowAddress).catch((thrown: unknown) => {
    // Closing the window while it loads is not an error.
    if (!(thrown instanceof Error && 'code' in thrown && thrown.code === 'ERR_ABORTED')) throw thrown
  })
}

/**
 * Closing the window, quitting, the system's signals, logging off and a shutdown all do the same: pause a training run
 * with a checkpoint, close the lab, then let Electron quit.
 */
function endOnce(lab: Lab, window: BrowserWindow): () => void {
  let ending = false
  let ended = false
  async function close(): Promise<void> {
    const state = stateOf(window)
    for (const step of [() => writeWindowState(lab.home.folder, state), () => lab.close()]) {
      await step().catch((thrown: unknown) => {
        lab.log.add('closing', thrown)
        say(problemOf(thrown), languageFor('system'))
      })
    }
    ended = true
    app.quit()
  }
  const end = (): void => {
    if (ending) return
    ending = true
    void close()
  }
  const hold = (event: { preventDefault(): void }): void => {
    if (ended) return
    event.preventDefault()
    end()
  }
  window.on('close', hold)
  app.on('before-quit', hold)
  // Logging off and a shutdown do not quit an app by themselves. Windows asks each window whether it agrees, and goes on
  // when the app has quit; Linux and macOS wait a moment for an app that holds them. If nobody asks, there is less time.
  window.on('query-session-end', hold)
  window.on('session-end', end)
  // Electron's types leave out the event that its documentation has.
  powerMonitor.on('shutdown', (event?: { preventDefault(): void }) => (event === undefined ? end() : hold(event)))
  return end
}

/** Calls `tell` with the preferences now and after each change. */
async function followPreferences(lab: Lab, tell: (preferences: Preferences) => void): Promise<void> {
  const { sequence } = lab.events
  tell(lab.history.readPreferences())
  for await (const event of lab.events.follow(sequence)) {
    if (event.kind === 'preferences') tell(event.preferences)
    else if (event.kind === 'reset') tell(lab.history.readPreferences())
  }
}

/** Sets menu and native frame to the person's language and theme. */
function wear(theme: Preferences['theme'], language: Language): void {
  nativeTheme.themeSource = theme
  Menu.setApplicationMenu(
    Menu.buildFromTemplate(
      menuTemplate({ language, ofApplication: menusOfApplications, development: !app.isPackaged }),
    ),
  )
}
