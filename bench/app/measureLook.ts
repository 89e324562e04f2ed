import { setTimeout as pause } from 'node:timers/promises'
import type { BenchData } from '../cases.ts'
import type { LookResult } from '../results.ts'
import { median } from '../statistics.ts'
import { AppWindow } from './appWindow.ts'
import { LookPage } from './lookPage.ts'
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
    const goesOn = window.next((event) => (event.kind === 'steps' ? true : null))
    await window.client.runs.resume({ run })
    await goesOn
  }
  await window.client.runs.pause({ run })
  return run
}

/** Median seconds of the steps of the run that trains, over some time. */
async function stepSeconds(window: AppWindow): Promise<number> {
  const ends: number[] = []
  const silence = window.listen((event) => {
    if (event.kind === 'steps') ends.push(...event.seconds)
  })
  await pause(timed)
  silence()
  return median(ends.slice(1).map((end, step) => end - ends[step]))
}

interface Round {
  readonly atRest: number[]
  readonly whileTraining: number[]
  readonly framesPerSecond: number
  readonly framesPerSecondTraining: number
  readonly closed: number
  readonly open: number
  readonly memory: number
}

async function round(program: string, home: string, data: BenchData, browser: string): Promise<Round> {
  const window = await AppWindow.open(program, home)
  try {
    const run = await runWithCheckpoints(window, data)
    const before = await window.children()
    await window.client.runs.resume({ run })
    await window.next((event) => (event.kind === 'steps' ? true : null))
    const closed = await stepSeconds(window)
    const page = await LookPage.open(browser, await window.freshAddress(), run)
    try {
      // Its engine has answered and is idle from here on.
      await pause(1000)
      const open = await stepSeconds(window)
      const whileTraining = await page.nextImages(images)
      const busy = await page.scrub()
      await window.client.runs.pause({ run })
      const atRest = await page.nextImages(images)
      const quiet = await page.scrub()
      const added = [...(await window.children())].filter(([id]) => !before.has(id))
      const memory = added.reduce((sum, [, bytes]) => sum + bytes, 0)
      return {
        atRest,
        whileTraining,
        framesPerSecond: quiet.frames / quiet.seconds,
        framesPerSecondTraining: busy.frames / busy.seconds,
        closed,
        open,
        memory,
      }
    } finally {
      await page.close()
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
    slowdown: measured.map(({ open, closed }) => open / closed),
    memory: measured.map(({ memory }) => memory),
  }
}
