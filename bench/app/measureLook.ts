import os from 'node:os'
import { setTimeout as pause } from 'node:timers/promises'
import type { BenchData } from '../cases.ts'
import type { LookResult } from '../results.ts'
import { median } from '../statistics.ts'
import { AppWindow } from './appWindow.ts'
import { LookPage } from './lookPage.ts'
import { processorSeconds } from './processorTime.ts'
import { requestOf, startRun } from './training.ts'

/** Checkpoints that are scrubbed over. */
const checkpoints = 20

/** Images that are looked at in a round. */
const images = 20

/** How long training is timed with and without the page, in milliseconds. */
const timed = 4000

/** Trains a run and pauses it as often, which leaves so many checkpoints. */
async function runWithCheckpoints(window: AppWindow, data: BenchData): Promise<number> {
  const run = await startRun(window, requestOf(data, 100))
  for (let stop = 1; stop < checkpoints - 1; stop += 1) {
    await window.client.runs.pause({ run })
    await goOn(window, run)
  }
  await window.client.runs.pause({ run })
  return run
}

/** A run that trains, over some time. */
interface Timed {
  /** Median seconds of a step. */
  readonly step: number
  /** Processor time of all that this bench has started but the training engine, as a share of all cores. */
  readonly share: number
}

/** @param engines The training engine. */
async function training(window: AppWindow, engines: ReadonlySet<number>): Promise<Timed> {
  const ends: number[] = []
  const silence = window.listen((event) => {
    if (event.kind === 'steps') ends.push(...event.seconds)
  })
  const [before, began] = [await processorSeconds(process.pid, engines), performance.now()]
  await pause(timed)
  const used = (await processorSeconds(process.pid, engines)) - before
  const passed = (performance.now() - began) / 1000
  silence()
  return {
    step: median(ends.slice(1).map((end, step) => end - ends[step])),
    share: used / passed / os.availableParallelism(),
  }
}

/** Lets a paused run go on, and waits for its first step. */
async function goOn(window: AppWindow, run: number): Promise<void> {
  const firstStep = window.next((event) => (event.kind === 'steps' ? true : null))
  await window.client.runs.resume({ run })
  await firstStep
}

interface Round {
  readonly atRest: number[]
  readonly whileTraining: number[]
  readonly framesPerSecond: number
  readonly framesPerSecondTraining: number
  readonly slowdown: number
  readonly idleShare: number
  readonly memory: number
}

/** What is seen of the page: whether it costs training anything while it is idle, and how soon it answers. */
async function seen(page: LookPage, window: AppWindow, run: number, engines: ReadonlySet<number>) {
  // Its engine has answered and is idle from here on.
  await pause(1000)
  const open = await training(window, engines)
  const whileTraining = await page.nextImages(images)
  const busy = await page.scrub()
  await window.client.runs.pause({ run })
  const atRest = await page.nextImages(images)
  const quiet = await page.scrub()
  const added = [...(await window.children())].filter(([id]) => !engines.has(id))
  return {
    open,
    atRest,
    whileTraining,
    framesPerSecond: quiet.frames / quiet.seconds,
    framesPerSecondTraining: busy.frames / busy.seconds,
    memory: added.reduce((sum, [, bytes]) => sum + bytes, 0),
  }
}

async function round(program: string, home: string, data: BenchData, browser: string): Promise<Round> {
  const window = await AppWindow.open(program, home)
  try {
    const run = await runWithCheckpoints(window, data)
    const engines = new Set((await window.children()).keys())
    await goOn(window, run)
    const before = await training(window, engines)
    const page = await LookPage.open(browser, await window.freshAddress(), run)
    let whatWasSeen: Awaited<ReturnType<typeof seen>>
    try {
      whatWasSeen = await seen(page, window, run, engines)
    } finally {
      await page.close()
    }
    const { open, ...measured } = whatWasSeen
    // Once more without it: what else the computer does changes in the course of a round.
    await goOn(window, run)
    const after = await training(window, engines)
    return {
      ...measured,
      slowdown: (2 * open.step) / (before.step + after.step),
      idleShare: open.share - before.share,
    }
  } finally {
    await window.close()
  }
}

/** Measures looking inside in a real window: how soon it answers, and what it costs the run that trains. */
export async function measureLook(
  program: string,
  home: string,
  data: BenchData,
  rounds: number,
  browser: string,
): Promise<LookResult> {
  const measured: Round[] = []
  for (let count = 0; count < rounds; count += 1) measured.push(await round(program, home, data, browser))
  return {
    clickAtRest: measured.flatMap(({ atRest }) => atRest),
    clickTraining: measured.flatMap(({ whileTraining }) => whileTraining),
    framesPerSecond: measured.map(({ framesPerSecond }) => framesPerSecond),
    framesPerSecondTraining: measured.map(({ framesPerSecondTraining }) => framesPerSecondTraining),
    slowdown: measured.map(({ slowdown }) => slowdown),
    idleShare: measured.map(({ idleShare }) => idleShare),
    memory: measured.map(({ memory }) => memory),
  }
}
