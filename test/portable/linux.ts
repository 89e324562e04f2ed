import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { cacheFolder } from '../../setup/folders.mjs'
import { alteredFile, copyOf, missingFile } from './brokenCopies.ts'
import { check, demand, refused, type Checks } from './checks.ts'
import { electronAppIsTheSame } from './electronApp.ts'
import { makeEmptyRoot, startInside, type EmptyRoot, type Inside } from './emptyRoot.ts'
import { fullDisk, twoPrograms } from './hindrances.ts'
import { makeNewer } from './newerHome.ts'
import { ran, succeeded, type Started } from './started.ts'
import { cutAndContinued, pausedWithWindow, trained, type StartLab } from './training.ts'
import { seeWindow } from './windowSeen.ts'
import { demandSize, trainsOnPackedSet } from './withSets.ts'

/** Megabytes that the archive may have. */
const mostMegabytes = 240

/** Where the system speaks Russian. */
const russian = { LANG: 'ru_RU.UTF-8' }

const launchers = { window: 'Conv Lab', lab: 'lab' } as const

export interface LinuxTest {
  readonly archive: string
  /** An empty folder to work in. */
  readonly work: string
  readonly chromium: string
}

/** The portable folder that an archive unpacks to. */
export async function unpacked(archive: string, into: string): Promise<string> {
  await succeeded('tar', ['-xf', archive, '-C', into])
  const [folder] = readdirSync(into)
  if (folder === undefined) throw new Error(`${archive} is empty`)
  return path.join(into, folder)
}

/** The program that bubblewrap runs, as this computer knows it. */
function processInside({ child }: Started): number {
  return Number(readFileSync(`/proc/${child.pid}/task/${child.pid}/children`, 'utf8').trim().split(' ')[0])
}

async function windowOpens(root: EmptyRoot, inside: Inside, chromium: string): Promise<void> {
  const shell = startInside(root, { ...inside, network: true }, 'Conv Lab', ['--no-open'])
  const [address] = await shell.said(/https?:\/\/\S+/)
  await seeWindow(address, chromium)
  process.kill(processInside(shell), 'SIGTERM')
  const { code, errors } = await shell.ended
  demand(code === 0, `the window ended with ${code}: ${errors}`)
}

/** The end of a session sends SIGTERM. */
async function sessionEnds(root: EmptyRoot, inside: Inside, startLab: StartLab): Promise<void> {
  const shell = startInside(root, inside, 'Conv Lab', ['--no-open'])
  await shell.said(/https?:\/\/\S+/)
  await pausedWithWindow(startLab, async () => {
    process.kill(processInside(shell), 'SIGTERM')
    const { code, errors } = await shell.ended
    demand(code === 0, `the window ended with ${code}: ${errors}`)
  })
}

/** Without a terminal a sentence is shown in a window, here by a stand-in for the desktop's own program. */
async function toldInWindow(root: EmptyRoot, inside: Inside): Promise<void> {
  writeFileSync(path.join(root.home, 'zenity'), '#!/bin/sh\nprintf "%s\\n" "$@" > "$HOME/told"\n', { mode: 0o755 })
  const environment = { PATH: '/home/student:/bin', ...russian }
  const { code } = await startInside(root, { ...inside, environment }, 'Conv Lab', []).ended
  const told = path.join(root.home, 'told')
  demand(code === 1 && existsSync(told), 'nothing was told in a window')
  const text = readFileSync(told, 'utf8')
  demand(text.includes('более новой версией'), `the window tells: ${text}`)
}

/** Tests the Linux archive, and gives the losses of its run. */
export async function testLinux(checks: Checks, { archive, work, chromium }: LinuxTest): Promise<readonly number[]> {
  let folder = ''
  await check(checks, 'Linux: the archive unpacks, its sums are right, and it is small enough', async () => {
    folder = await unpacked(archive, work)
    await succeeded('sh', ['-c', 'cd "$0" && sha256sum --quiet --check SHA256SUMS', folder])
    demandSize(archive, folder, mostMegabytes)
  })
  const root = await makeEmptyRoot(work, path.join(folder, 'node', 'node'))
  const inside: Inside = { folder }
  const startLab: StartLab = (words) => startInside(root, inside, 'lab', words)
  let losses: readonly number[] = []
  await check(checks, 'Linux: lab doctor finds nothing amiss in an empty root', async () => {
    const { code, output, errors } = await startLab(['doctor']).ended
    demand(code === 0, `${output}${errors}`)
  })
  await check(checks, 'Linux: trains from a read-only folder, without Node, Python, compiler and network', async () => {
    losses = await trained(startLab)
  })
  await check(checks, 'Linux: a run that is cut off goes on with the same losses', () =>
    cutAndContinued(startLab, losses),
  )
  await check(checks, 'Linux: the window opens in Chromium', () => windowOpens(root, inside, chromium))
  await check(checks, 'Linux: the end of a session pauses a run with a checkpoint', () =>
    sessionEnds(root, inside, startLab),
  )
  await check(checks, 'Linux: with a file “portable” everything lies beside the program', async () => {
    const beside: Inside = { folder, writable: true }
    writeFileSync(path.join(folder, 'portable'), '')
    const before = readdirSync(root.home).sort().join()
    const { code, errors } = await startInside(root, beside, 'lab', ['runs']).ended
    demand(code === 0, errors)
    demand(existsSync(path.join(folder, 'home', 'history.sqlite')), 'no home folder beside the program')
    demand(readdirSync(root.home).sort().join() === before, 'something was written into the person’s folder')
    for (const name of ['portable', 'home', 'cache']) rmSync(path.join(folder, name), { recursive: true, force: true })
  })
  await check(checks, 'Linux: a data set that came along is trained on without a network', () =>
    trainsOnPackedSet(folder, startLab),
  )
  await check(checks, 'Linux: a full disk is told in the system’s language', () =>
    fullDisk(
      (disk, program, words) => startInside(root, { ...inside, disk, environment: russian }, launchers[program], words),
      'Диск заполнен',
    ),
  )
  await check(checks, 'Linux: a home that another program uses is refused, here and on another computer', () =>
    twoPrograms(
      (host, program, words) => startInside(root, { ...inside, host, environment: russian }, launchers[program], words),
      ['first-pc', 'second-pc'],
      'занята другим Conv Lab',
    ),
  )
  await check(checks, 'Linux: a home on a read-only share is refused in the system’s language', async () => {
    const copy = await copyOf(folder, path.join(work, 'read-only'))
    writeFileSync(path.join(copy, 'portable'), '')
    const shell = startInside(root, { folder: copy, environment: russian }, 'Conv Lab', ['--no-open'])
    refused(await shell.ended, 'Не удалось записать')
    rmSync(copy, { recursive: true })
  })
  const startIn = (at: string, words: readonly string[]): Started => startInside(root, { folder: at }, 'lab', words)
  await check(checks, 'Linux: a copy without a file says so', () => missingFile(folder, work, startIn))
  await check(checks, 'Linux: a copy with an altered file says so', () => alteredFile(folder, work, startIn))
  await check(checks, 'Linux: no file names a folder of the computer that packed it', async () => {
    const builders = [path.resolve(import.meta.dirname, '..', '..'), cacheFolder()]
    const made = ['app/dist', 'app/node_modules/@tensorflow/tfjs-node/lib', 'tensorflow']
    const words = [...builders.flatMap((place) => ['-e', place]), ...made.map((part) => path.join(folder, part))]
    const { output } = await ran('grep', ['-rlF', ...words])
    demand(output === '', `found in ${output}`)
  })
  await check(checks, 'Linux: an app with Electron has the same files', () => electronAppIsTheSame(folder, work))
  await check(checks, 'Linux: a home of a newer program is refused in a window, in the system’s language', async () => {
    makeNewer(path.join(root.home, '.local', 'share', 'conv-lab'))
    const { code, errors } = await startLab(['runs']).ended
    demand(code === 1 && errors.includes('newer Conv Lab'), `ended with ${code}: ${errors}`)
    await toldInWindow(root, inside)
  })
  return losses
}
