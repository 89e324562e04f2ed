import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { cacheFolder } from '../../setup/folders.mjs'
import { diskInside, inWine, wineFor, workInside, type Wine } from '../../setup/wine.mjs'
import { start, type Ended, type Started } from './started.ts'

/** The portable folder as it is seen inside: blanks and letters that are not Latin, and nobody may write there. */
const seenAs = `${workInside}/Общая папка/Conv Lab (только чтение)`

/** Milliseconds between two looks at what a program has written. */
const lookAgainAfter = 100

export interface InWine {
  /** The portable folder on this computer. */
  readonly folder: string
  /** Where it is seen inside; otherwise below blanks and letters that are not Latin. */
  readonly at?: string
  /** Whether this computer's network is seen. Otherwise there is a loopback of its own. */
  readonly network?: boolean
  /** Bytes of a small disk for the home folder; otherwise the home folder is where Windows has it. */
  readonly disk?: number
  /** The computer's name. */
  readonly host?: string
  readonly environment?: Readonly<Record<string, string>>
}

/** The words for bubblewrap, which runs Wine with the portable folder. */
function confined(
  wine: Wine,
  { folder, at = seenAs, network, disk, host, environment }: InWine,
  words: readonly string[],
): string[] {
  const home: Record<string, string> = disk === undefined ? {} : { CONV_LAB_HOME: windowsPathOf(diskInside) }
  return inWine(
    wine,
    { readOnly: [[folder, at]], network, disk, host, environment: { ...home, ...environment } },
    words,
  )
}

/** Makes the root, with a fresh Windows in the folder to work in. */
export async function makeWineRoot(work: string): Promise<Wine> {
  mkdirSync(path.join(work, path.posix.relative(workInside, seenAs)), { recursive: true })
  return await wineFor(cacheFolder(), work)
}

/** A path inside, as Windows writes it. */
export function windowsPathOf(inside: string): string {
  return `Z:${inside}`.replaceAll('/', '\\')
}

/** The path inside of a file of the portable folder, as Windows writes it. */
export function windowsPath(file: string, at = seenAs): string {
  return windowsPathOf(`${at}/${file}`)
}

let started = 0

/**
 * Starts a file of the portable folder in Wine. Windows programs cannot write into a pipe of Linux, so they write into files.
 * Whoever kills the process that is given back kills all of it at once, as a power cut would.
 */
export function startInWine(wine: Wine, inside: InWine, program: string, words: readonly string[]): Started {
  started += 1
  const file = (kind: string): string => path.join(wine.work, `${started}.${kind}`)
  for (const kind of ['out', 'err']) writeFileSync(file(kind), '')
  const redirected = `exec wine "$@" >${workInside}/${started}.out 2>${workInside}/${started}.err </dev/null`
  const command = ['sh', '-c', redirected, 'wine', windowsPath(program, inside.at), ...words]
  const { child, ended: left } = start('bwrap', confined(wine, inside, command))
  const output = (): string => readFileSync(file('out'), 'utf8')
  const ended = left.then(({ code, errors }): Ended => ({
    code,
    output: output(),
    errors: readFileSync(file('err'), 'utf8') + errors,
  }))
  const said = async (wanted: RegExp): Promise<RegExpExecArray> => {
    let isOver = false
    void ended.then(() => (isOver = true))
    for (;;) {
      const over = isOver
      const found = wanted.exec(output())
      if (found !== null) return found
      if (over) throw new Error(`ended without ${String(wanted)}: ${JSON.stringify(await ended)}`)
      await pause(lookAgainAfter)
    }
  }
  return { child, ended, said }
}
