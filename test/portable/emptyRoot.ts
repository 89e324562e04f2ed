import { copyFileSync, existsSync, mkdirSync, readFileSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { start, succeeded, type Started } from './started.ts'

/** What the launchers call; Node and TensorFlow need no program at all. */
const programs = ['sh', 'readlink', 'dirname']

/** The parts of glibc that nothing of the above needs, but TensorFlow's library and sharp do. */
const moreOfGlibc = ['librt.so.1', 'libresolv.so.2']

/** The portable folder as it is seen inside: blanks and letters that are not Latin, and nobody may write there. */
export const seenAs = '/mnt/Общая папка/Conv Lab (только чтение)'

/** The person's folder inside. */
const person = '/home/student'

/** A root folder with the C and C++ libraries of this computer and a shell: no Node, Python, compiler or browser. */
export interface EmptyRoot {
  readonly root: string
  /** The folder behind the person's home folder. */
  readonly home: string
}

export interface Inside {
  /** The portable folder on this computer. */
  readonly folder: string
  /** Whether it may be written. */
  readonly writable?: boolean
  /** Whether this computer's network is seen. Otherwise there is a loopback of its own. */
  readonly network?: boolean
  /** Bytes of the disk on which the person's folder lies; otherwise it is a folder of this computer. */
  readonly disk?: number
  /** The computer's name. */
  readonly host?: string
  readonly environment?: Readonly<Record<string, string>>
}

/** The shared libraries that a program or a library needs, with their dynamic loader, as the system resolves them. */
async function librariesOf(file: string): Promise<string[]> {
  const lines = (await succeeded('ldd', [file])).split('\n')
  return lines.flatMap((line) => /(?:=> )?(\/\S+) \(0x/.exec(line)?.[1] ?? [])
}

async function programPath(name: string): Promise<string> {
  return (await succeeded('sh', ['-c', `command -v ${name}`])).trim()
}

/** Copies a file to the same place in a root, through links. */
function bring(root: string, file: string): void {
  const to = path.join(root, file)
  if (existsSync(to)) return
  mkdirSync(path.dirname(to), { recursive: true })
  copyFileSync(realpathSync(file), to)
}

/**
 * Makes the root.
 * @param into an empty folder
 * @param node the Node of the archive, whose libraries of the system it holds
 */
export async function makeEmptyRoot(into: string, node: string): Promise<EmptyRoot> {
  const root = path.join(into, 'root')
  const home = path.join(into, 'home')
  for (const folder of ['proc', 'dev', 'tmp', seenAs, person, 'usr'])
    mkdirSync(path.join(root, folder), { recursive: true })
  mkdirSync(home)
  // A processor without AVX-512, for which networks are computed as on Windows, where it is unknown: so both can be compared.
  writeFileSync(path.join(root, 'cpuinfo'), readFileSync('/proc/cpuinfo', 'utf8').replaceAll(/ avx512\w*/g, ''))
  mkdirSync(path.join(root, 'etc'))
  const [user, group] = [process.getuid?.() ?? 0, process.getgid?.() ?? 0]
  writeFileSync(path.join(root, 'etc', 'passwd'), `student:x:${user}:${group}::${person}:/bin/sh\n`)
  symlinkSync('../bin', path.join(root, 'usr', 'bin'))
  for (const name of programs) {
    const file = await programPath(name)
    const to = path.join(root, 'bin', name)
    mkdirSync(path.dirname(to), { recursive: true })
    copyFileSync(realpathSync(file), to)
    for (const library of await librariesOf(file)) bring(root, library)
  }
  const ofNode = await librariesOf(node)
  const glibc = path.dirname(ofNode.find((library) => path.basename(library) === 'libc.so.6') ?? '/lib/libc.so.6')
  for (const library of [...ofNode, ...moreOfGlibc.map((name) => path.join(glibc, name))]) bring(root, library)
  return { root, home }
}

/** The words for bubblewrap, which runs a program in the root. */
function confined({ root, home }: EmptyRoot, inside: Inside): string[] {
  const { folder, writable, network, disk, host = 'lab-pc', environment } = inside
  const shared = network === true ? ['--share-net'] : []
  const persons = disk === undefined ? ['--bind', home, person] : ['--size', String(disk), '--tmpfs', person]
  const variables = { HOME: person, PATH: '/bin', ...environment }
  return [
    ...['--ro-bind', root, '/', '--proc', '/proc', '--dev', '/dev', '--tmpfs', '/tmp'],
    ...['--ro-bind', path.join(root, 'cpuinfo'), '/proc/cpuinfo'],
    ...[...persons, writable === true ? '--bind' : '--ro-bind', folder, seenAs],
    ...[
      '--unshare-all',
      '--hostname',
      host,
      ...shared,
      '--die-with-parent',
      '--as-pid-1',
      '--clearenv',
      '--chdir',
      person,
    ],
    ...Object.entries(variables).flatMap(([name, value]) => ['--setenv', name, value]),
  ]
}

/**
 * Starts a file of the portable folder in the root. Whoever kills the process that is given back kills all of it at once,
 * as a power cut would.
 */
export function startInside(root: EmptyRoot, inside: Inside, program: string, words: readonly string[]): Started {
  return start('bwrap', [...confined(root, inside), `${seenAs}/${program}`, ...words])
}
