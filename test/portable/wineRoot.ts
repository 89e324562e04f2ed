import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { cacheFolder } from '../../setup/folders.mjs'
import { start, succeeded, type Ended, type Started } from './started.ts'

/** Debian 13 has Wine 10, the first that runs Node 24. */
const suite = 'trixie'

/** The portable folder as it is seen inside: blanks and letters that are not Latin, and nobody may write there. */
const seenAs = '/w/Общая папка/Conv Lab (только чтение)'

/** Milliseconds between two looks at what a program has written. */
const lookAgainAfter = 100

/** A Debian with Wine, and a folder to work in, which programs inside know as Z:\w. */
export interface WineRoot {
  readonly root: string
  readonly work: string
}

export interface InWine {
  /** The portable folder on this computer. */
  readonly folder: string
  /** Whether this computer's network is seen. Otherwise there is a loopback of its own. */
  readonly network?: boolean
  readonly environment?: Readonly<Record<string, string>>
}

/** The root in the cache folder. It is made if it is missing, which needs root and some minutes. */
async function debianWithWine(): Promise<string> {
  const root = path.join(cacheFolder(), `wine-${suite}`)
  if (existsSync(root)) return root
  const unfinished = `${root}.writing`
  rmSync(unfinished, { recursive: true, force: true })
  mkdirSync(cacheFolder(), { recursive: true })
  await succeeded('debootstrap', ['--variant=minbase', '--include=wine,wine64', suite, unfinished])
  renameSync(unfinished, root)
  return root
}

/** The words for bubblewrap, which runs Wine in the root. */
function confined(
  { root, work }: WineRoot,
  { folder, network, environment }: InWine,
  words: readonly string[],
): string[] {
  const shared = network === true ? ['--share-net'] : []
  const variables = {
    HOME: '/w',
    PATH: '/usr/bin:/bin',
    LANG: 'C.UTF-8',
    WINEPREFIX: '/w/prefix',
    WINEDEBUG: '-all',
    // Wine would offer to fetch these parts, which nothing here needs.
    WINEDLLOVERRIDES: 'mscoree,mshtml=',
    ...environment,
  }
  return [
    ...['--ro-bind', root, '/', '--tmpfs', '/tmp', '--tmpfs', '/run', '--proc', '/proc', '--dev', '/dev'],
    ...['--tmpfs', '/mnt', '--bind', work, '/w', '--ro-bind', folder, seenAs],
    ...['--unshare-all', ...shared, '--die-with-parent', '--clearenv', '--chdir', '/w'],
    ...Object.entries(variables).flatMap(([name, value]) => ['--setenv', name, value]),
    ...words,
  ]
}

/** Makes the root, with a fresh Windows in the folder to work in. */
export async function makeWineRoot(work: string): Promise<WineRoot> {
  const wine = { root: await debianWithWine(), work }
  mkdirSync(path.join(wine.root, 'w'), { recursive: true })
  mkdirSync(path.join(work, 'empty'))
  mkdirSync(path.join(work, seenAs.slice('/w/'.length)), { recursive: true })
  await succeeded('bwrap', confined(wine, { folder: path.join(work, 'empty') }, ['wineboot', '--init']))
  return wine
}

/** A path inside, as Windows writes it. */
function windowsPath(inside: string): string {
  return `Z:${inside.replaceAll('/', '\\')}`
}

let started = 0

/**
 * Starts a file of the portable folder in Wine. Windows programs cannot write into a pipe of Linux, so they write into files.
 * Whoever kills the process that is given back kills all of it at once, as a power cut would.
 */
export function startInWine(wine: WineRoot, inside: InWine, program: string, words: readonly string[]): Started {
  started += 1
  const file = (kind: string): string => path.join(wine.work, `${started}.${kind}`)
  for (const kind of ['out', 'err']) writeFileSync(file(kind), '')
  const redirected = `exec wine "$@" >"/w/${started}.out" 2>"/w/${started}.err" </dev/null`
  const command = ['sh', '-c', redirected, 'wine', windowsPath(`${seenAs}/${program}`), ...words]
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
