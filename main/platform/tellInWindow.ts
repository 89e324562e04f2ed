import { spawn } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Language } from '../../core/words/language.ts'
import type { Way } from './waysToOpen.ts'

/** Whether the launcher of a portable folder reads standard error and shows it in a window itself. */
export const launcherTells = process.platform === 'win32'

/** The programs of a desktop that show a sentence in a small window. */
function dialogs(sentence: string): Way[] {
  return [
    {
      name: 'zenity',
      command: 'zenity',
      arguments: ['--error', '--no-markup', '--width=480', '--title', 'Conv Lab', '--text', sentence],
    },
    { name: 'kdialog', command: 'kdialog', arguments: ['--title', 'Conv Lab', '--error', sentence] },
    { name: 'xmessage', command: 'xmessage', arguments: ['-center', sentence] },
  ]
}

/** A page that says one sentence. */
function sentencePage(sentence: string, language: Language): string {
  const safe = sentence.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
  return `<!doctype html>
<html lang="${language}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Conv Lab</title>
<style>:root { color-scheme: light dark; font: 1.25rem/1.5 system-ui, sans-serif } body { max-width: 40rem; margin: 4rem auto; padding: 0 1rem }</style>
<h1>Conv Lab</h1>
<p role="alert">${safe}</p>
</html>
`
}

/** Milliseconds after which a program that still runs has shown its window. */
const shownAfter = 1000

/**
 * Starts a program and waits for its end. Resolves with whether it could show something: some also end with an error when
 * their window is closed.
 */
function shown(way: Way): Promise<boolean> {
  return new Promise((resolve) => {
    const begun = performance.now()
    const child = spawn(way.command, way.arguments, { stdio: 'ignore' })
    child.once('error', () => resolve(false))
    child.once('exit', (code) => resolve(code === 0 || performance.now() - begun > shownAfter))
  })
}

/**
 * Shows a sentence in a window of its own, for a person who started the program without a terminal: by a dialog of the
 * desktop, else as a page in a browser.
 * @param waysTo the programs that show an address, best first
 * @returns False if nothing could show it.
 */
export async function tellInWindow(
  sentence: string,
  language: Language,
  waysTo: (address: string) => readonly Way[],
): Promise<boolean> {
  for (const way of dialogs(sentence)) if (await shown(way)) return true
  const page = path.join(mkdtempSync(path.join(tmpdir(), 'conv-lab-')), 'conv-lab.html')
  writeFileSync(page, sentencePage(sentence, language))
  for (const way of waysTo(pathToFileURL(page).href)) if (await shown(way)) return true
  return false
}
