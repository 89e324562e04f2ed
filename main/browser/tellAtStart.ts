import { packedFolder } from '../files/packedFolder.ts'
import { launcherTells, tellInWindow } from '../platform/tellInWindow.ts'
import { systemLanguage } from '../shells/systemLanguage.ts'
import { waysHere } from '../shells/waysHere.ts'

/** Whether a portable program was started from a desktop, where nobody sees what it prints. */
export function isWithoutTerminal(): boolean {
  return packedFolder() !== null && !process.stderr.isTTY
}

/** Shows a sentence in a window where nobody would see it on standard error. */
export async function tellAtStart(sentence: string): Promise<void> {
  if (!isWithoutTerminal() || launcherTells) return
  await tellInWindow(sentence, systemLanguage(), waysHere)
}
