import { existsSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import path from 'node:path'
import type { BenchData } from '../cases.ts'
import { madeHistories, makeHistory } from '../histories/makeHistories.ts'
import type { CompareResult } from '../results.ts'
import { AppWindow } from './appWindow.ts'
import { ComparePage } from './comparePage.ts'
import { processorSeconds } from './processorTime.ts'
import { requestOf, startRun } from './training.ts'

/** Points that a window asks for. */
const points = 1000

/** What is typed into the search field. */
const search = 'set = cifar-10 and rate < 0.01 and best > 70 %'

/** How long processor time is counted, in milliseconds. */
const counted = 15_000

export interface ComparedWhat {
  /** The browser shell's bundle. */
  readonly program: string
  /** Home folder with the data that a run trains on. */
  readonly home: string
  readonly data: BenchData
  /** Folder that keeps the made histories for the next bench. */
  readonly histories: string
  readonly browser: string
  readonly rounds: number
  readonly report: (text: string) => void
}

/** The home folder of a made history, which is made where it is not there yet. */
function homeOf({ histories, report }: ComparedWhat, history: keyof typeof madeHistories): string {
  const home = path.join(histories, madeHistories[history].name)
  return existsSync(home) ? home : makeHistory(histories, madeHistories[history], report)
}

/** Opens a made history as nobody has looked at it yet: the lab keeps what a window showed last. */
async function openUnseen(what: ComparedWhat, history: keyof typeof madeHistories): Promise<AppWindow> {
  const window = await AppWindow.open(what.program, homeOf(what, history))
  await window.client.choices.write({ charts: null, ticks: null })
  return window
}

async function manyRuns(what: ComparedWhat): Promise<Pick<CompareResult, 'opening' | 'keys'>> {
  const window = await openUnseen(what, 'many')
  try {
    const page = await ComparePage.open(what.browser, await window.freshAddress())
    try {
      return { opening: [await page.compare()], keys: await page.type(search) }
    } finally {
      await page.close()
    }
  } finally {
    await window.close()
  }
}

async function longRuns(what: ComparedWhat): Promise<Pick<CompareResult, 'reading' | 'drawing' | 'pageMemory'>> {
  const { runs } = madeHistories.long
  const window = await openUnseen(what, 'long')
  try {
    const curves = Array.from({ length: runs }, (_, index) => ({ run: index + 1, metric: 'loss' as const }))
    const asked = performance.now()
    await window.client.runs.curves({ curves, points })
    const reading = (performance.now() - asked) / 1000
    const page = await ComparePage.open(what.browser, await window.freshAddress())
    try {
      await page.compare()
      await page.showTrainingLoss()
      await pause(1000)
      const { seconds, bytes } = await page.tickAll(runs)
      return { reading: [reading], drawing: [seconds], pageMemory: [bytes] }
    } finally {
      await page.close()
    }
  } finally {
    await window.close()
  }
}

/** Processor time of all but the engines while a run trains, as a share of one core. */
async function share(engines: ReadonlySet<number>): Promise<number> {
  const [before, began] = [await processorSeconds(process.pid, engines), performance.now()]
  await pause(counted)
  return ((await processorSeconds(process.pid, engines)) - before) / ((performance.now() - began) / 1000)
}

async function trainPage({ program, home, data, browser }: ComparedWhat): Promise<Pick<CompareResult, 'trainShare'>> {
  const window = await AppWindow.open(program, home)
  try {
    const run = await startRun(window, requestOf(data, 100))
    const engines = new Set((await window.children()).keys())
    const page = await ComparePage.open(browser, await window.freshAddress())
    try {
      await page.goTo(`#/train/${run}`)
      await pause(3000)
      const open = await share(engines)
      await page.close()
      return { trainShare: [open - (await share(engines))] }
    } finally {
      await page.close()
      await window.client.runs.pause({ run })
    }
  } finally {
    await window.close()
  }
}

/**
 * Measures the page Compare over made histories in a real window: how soon it opens with 10,000 runs, a key in its
 * search field, and 50 curves of 100,000 steps; and what the page Train costs while a run trains.
 */
export async function measureCompare(what: ComparedWhat): Promise<CompareResult> {
  const rounds: CompareResult[] = []
  for (let round = 0; round < what.rounds; round += 1)
    rounds.push({ ...(await manyRuns(what)), ...(await longRuns(what)), ...(await trainPage(what)) })
  return {
    opening: rounds.flatMap(({ opening }) => opening),
    keys: rounds.flatMap(({ keys }) => keys),
    reading: rounds.flatMap(({ reading }) => reading),
    drawing: rounds.flatMap(({ drawing }) => drawing),
    pageMemory: rounds.flatMap(({ pageMemory }) => pageMemory),
    trainShare: rounds.flatMap(({ trainShare }) => trainShare),
  }
}
