// The program that the launchers of a portable folder start: `portable.js window` or `portable.js lab`, with further words.
// It sees that the folder is whole before it loads anything that could be missing.
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { problem, sentenceOf, type Problem } from '../core/words/problems.ts'
import { packedFolder } from './files/packedFolder.ts'
import { tooDeepCopy } from './files/packedPaths.ts'
import { alteredCopy, incompleteCopy, listedFiles } from './files/packedSums.ts'
import { systemLanguage } from './shells/systemLanguage.ts'
import { tellAtStart } from './browser/tellAtStart.ts'

/** Where the programs lie in a portable folder. */
const programsFolder = 'app/dist/main/'

const bundles = { window: 'browser.js', lab: 'cli.js' } as const

function isProgramName(word: string | undefined): word is keyof typeof bundles {
  return word !== undefined && Object.hasOwn(bundles, word)
}

/** Runs a program in this process, as if it had been started by itself. */
async function become(bundle: string, words: readonly string[]): Promise<void> {
  const file = path.join(import.meta.dirname, bundle)
  process.argv.splice(1, process.argv.length - 1, file, ...words)
  await import(pathToFileURL(file).href)
}

/**
 * What hinders the start, if it is the folder. The doctor is let through, because it tells all of it, where its own
 * program is whole.
 */
async function hindrance(bundle: string, words: readonly string[]): Promise<Problem | null> {
  const folder = packedFolder()
  if (folder === null) return null
  const files = listedFiles(folder)
  const programs = files?.filter(({ name }) => name.startsWith(programsFolder)) ?? []
  const own = programs.filter(({ name }) => name === `${programsFolder}${bundle}`)
  const isDoctor = words[0] === 'doctor'
  const found = incompleteCopy(folder, isDoctor ? own : files) ?? (await alteredCopy(folder, own, programs))
  return found ?? (isDoctor ? null : tooDeepCopy(folder, files ?? []))
}

async function main(): Promise<void> {
  const [, , given, ...words] = process.argv
  const what = isProgramName(given) ? given : 'window'
  const found = await startOrProblem(what, words)
  if (found === null) return
  const sentence = sentenceOf(found, systemLanguage())
  process.stderr.write(`${sentence}\n`)
  process.exitCode = 1
  if (what === 'window') await tellAtStart(sentence)
}

async function startOrProblem(what: keyof typeof bundles, words: readonly string[]): Promise<Problem | null> {
  const bundle = bundles[what]
  try {
    const hindered = await hindrance(bundle, words)
    if (hindered === null) await become(bundle, words)
    return hindered
  } catch (thrown) {
    // Both programs tell what happens within them themselves. What arrives here is a file that cannot be loaded.
    const detail = thrown instanceof Error ? (thrown.message.split('\n')[0] ?? '') : String(thrown)
    return problem('part-not-loaded', { detail })
  }
}

await main()
