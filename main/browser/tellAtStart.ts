import { packedFolder } from '../files/packedFolder.ts'
import { launcherTells, tellInWindow } from '../platform/tellInWindow.ts'
import { systemLanguage } from '../shells/systemLanguage.ts'
import { waysHere } from '../shells/waysHere.ts'

/**
 * Shows a sentence in a window if a portable program was started from a desktop, where nobody would see its standard
 * error.
 */
export async function tellAtStart(sentence: string): Promise<void> {
  if (packedFolder() === null || process.stderr.isTTY || launcherTells) return
  await tellInWindow(sentence, systemLanguage(), waysHere)
}
