import { mkdirSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { workInside, type Wine } from '../../setup/wine.mjs'
import { alteredFile, missingFile } from './brokenCopies.ts'
import { check, demand, refused, type Checks } from './checks.ts'
import { fullDisk, twoPrograms } from './hindrances.ts'
import { makeNewer } from './newerHome.ts'
import { succeeded, type Started } from './started.ts'
import { cutAndContinued, trained, trainWords, type StartLab } from './training.ts'
import { seeWindow } from './windowSeen.ts'
import { makeWineRoot, startInWine, windowsPath, windowsPathOf, type InWine } from './wineRoot.ts'
import { demandSize, trainsOnPackedSet } from './withSets.ts'

export interface WindowsTest {
  readonly archive: string
  /** An empty folder to work in. */
  readonly work: string
  readonly chromium: string
  /** The losses of the same run under Linux; none if it was not trained there. */
  readonly linuxLosses: readonly number[]
}

/**
 * How far two losses of a step may be apart, as a share, and in how many first steps. The libraries of the two systems sum
 * in other orders, and training lets a difference in the last digit grow from step to step.
 */
const rounding = 1e-3
const comparedSteps = 20

/** Megabytes that the archive may have. */
const mostMegabytes = 340

/** Folders within each other, whose names have so many characters together. */
function deepFolders(characters: number): string[] {
  return Array.from({ length: characters / 10 }, () => 'папка-2026')
}

async function unpacked(archive: string, into: string): Promise<string> {
  await succeeded('python3', ['-m', 'zipfile', '-e', archive, into])
  const [folder] = readdirSync(into)
  if (folder === undefined) throw new Error(`${archive} is empty`)
  return path.join(into, folder)
}

function demandEqual(losses: readonly number[], linux: readonly number[]): void {
  const apart = losses.slice(0, comparedSteps).map((loss, place) => {
    const other = linux[place] ?? Number.NaN
    return Math.abs(loss - other) / Math.max(1, Math.abs(other))
  })
  const most = Math.max(...apart)
  demand(losses.length === linux.length && most <= rounding, `the losses are up to ${most} apart`)
  console.log(`       the losses of the first ${apart.length} steps are at most ${most.toExponential(1)} apart`)
}

/** Starts the window as the launcher does, without the launcher, which shows nothing that a test could read. */
function startWindow(wine: Wine, inside: InWine, words: readonly string[]): Started {
  return startInWine(wine, inside, 'node/node.exe', [
    windowsPath('app/dist/main/portable.js', inside.at),
    'window',
    ...words,
  ])
}

async function windowOpens(wine: Wine, inside: InWine, chromium: string): Promise<void> {
  const shell = startWindow(wine, { ...inside, network: true }, ['--no-open'])
  const [address] = await shell.said(/https?:\/\/\S+/)
  await seeWindow(address, chromium)
  shell.child.kill('SIGKILL')
  await shell.ended
}

/** The launcher starts the program, which listens at the port that was passed on to it. */
async function launcherStarts(wine: Wine, inside: InWine): Promise<void> {
  const port = 20_000 + Math.floor(Math.random() * 20_000)
  const words = ['--no-open', '--port', String(port)]
  const shell = startInWine(wine, { ...inside, network: true }, 'Conv Lab.exe', words)
  let isOver = false
  void shell.ended.then(() => (isOver = true))
  try {
    for (;;) {
      const answer = await fetch(`http://127.0.0.1:${port}/`).catch(() => null) // It does not listen yet.
      if (answer !== null) break
      demand(!isOver, 'the launcher ended')
      await pause(500)
    }
  } finally {
    shell.child.kill('SIGKILL')
    await shell.ended
  }
}

function homeIn({ work }: Wine): string {
  const users = path.join(work, 'prefix', 'drive_c', 'users')
  const person = readdirSync(users).find((name) => name !== 'Public')
  return path.join(users, person ?? '', 'AppData', 'Local', 'Conv Lab', 'Data')
}

/** Tests the Windows archive under Wine. */
export async function testWindows(
  checks: Checks,
  { archive, work, chromium, linuxLosses }: WindowsTest,
): Promise<void> {
  const into = path.join(work, 'unpacked')
  const inside = path.join(work, 'wine')
  for (const folder of [into, inside]) mkdirSync(folder)
  let folder = ''
  await check(checks, 'Windows: the archive unpacks, its sums are right, and it is small enough', async () => {
    folder = await unpacked(archive, into)
    await succeeded('sh', ['-c', 'cd "$0" && sha256sum --quiet --check SHA256SUMS', folder])
    demandSize(archive, folder, mostMegabytes)
  })
  const wine = await makeWineRoot(inside)
  const startIn = (at: string, words: readonly string[]): Started => startInWine(wine, { folder: at }, 'lab.cmd', words)
  const startLab: StartLab = (words) => startIn(folder, words)
  let losses: readonly number[] = []
  await check(checks, 'Windows: lab doctor finds nothing amiss', async () => {
    const { code, output, errors } = await startLab(['doctor']).ended
    demand(code === 0, `${output}${errors}`)
  })
  await check(checks, 'Windows: trains from a read-only folder, without a network', async () => {
    losses = await trained(startLab)
  })
  if (linuxLosses.length > 0)
    await check(checks, 'Windows: its losses are those of Linux within rounding', async () =>
      demandEqual(losses, linuxLosses),
    )
  await check(checks, 'Windows: a run that is cut off goes on with the same losses', () =>
    cutAndContinued(startLab, losses),
  )
  await check(checks, 'Windows: the window opens in Chromium', () => windowOpens(wine, { folder }, chromium))
  await check(checks, 'Windows: the launcher starts it', () => launcherStarts(wine, { folder }))
  const startProgram = (more: Partial<InWine>, program: 'window' | 'lab', words: readonly string[]): Started =>
    program === 'window'
      ? startWindow(wine, { folder, ...more }, words)
      : startInWine(wine, { folder, ...more }, 'lab.cmd', words)
  await check(checks, 'Windows: a data set that came along is trained on without a network', () =>
    trainsOnPackedSet(folder, startLab),
  )
  await check(checks, 'Windows: a full disk is told', () =>
    fullDisk((disk, program, words) => startProgram({ disk }, program, words), 'The disk is full'),
  )
  // Each start has a Windows of its own, so two of them are two computers that share the folder.
  await check(checks, 'Windows: a home that another computer uses is refused', async () => {
    await succeeded('cp', ['-a', path.join(wine.work, 'prefix'), path.join(wine.work, 'second-pc')])
    const home = { CONV_LAB_HOME: windowsPathOf(path.posix.join(workInside, 'shared home')) }
    const prefix = (host: string): string => `${workInside}/${host === 'second-pc' ? host : 'prefix'}`
    await twoPrograms(
      (host, program, words) =>
        startProgram({ host, environment: { ...home, WINEPREFIX: prefix(host) } }, program, words),
      ['second-pc'],
      'in use by another Conv Lab',
    )
  })
  await check(checks, 'Windows: a home folder whose path has more than 260 characters is used', async () => {
    const home = { CONV_LAB_HOME: windowsPathOf(path.posix.join(workInside, ...deepFolders(300))) }
    const words = trainWords(3)
    const { code, output, errors } = await startProgram({ environment: home }, 'lab', words).ended
    demand(code === 0, `ended with ${code}: ${output}${errors}`)
  })
  await check(checks, 'Windows: a copy whose path is too long for its libraries says so', async () => {
    const at = path.posix.join(workInside, ...deepFolders(190))
    mkdirSync(path.join(wine.work, ...deepFolders(190)), { recursive: true })
    refused(await startProgram({ at }, 'window', ['--no-open']).ended, 'too long a path for Windows')
  })
  await check(checks, 'Windows: a copy without a file says so', () => missingFile(folder, work, startIn))
  await check(checks, 'Windows: a copy with an altered file says so', () => alteredFile(folder, work, startIn))
  await check(checks, 'Windows: a home of a newer program is refused', async () => {
    makeNewer(homeIn(wine))
    const { code, errors } = await startLab(['runs']).ended
    demand(code === 1 && errors.includes('newer Conv Lab'), `ended with ${code}: ${errors}`)
  })
}
