import { setTimeout as pause } from 'node:timers/promises'
import type { RunRequest } from '../../core/run/run.ts'
import type { BenchData } from '../cases.ts'
import type { AppResult } from '../results.ts'
import { median } from '../statistics.ts'
import { AppWindow } from './appWindow.ts'
import { memoryOf, requestOf, startRun } from './training.ts'

/** Calls over the WebSocket while a run trains, and milliseconds between two. */
const calls = 200
const between = 15

/** How long a run trains before it is paused, in milliseconds. */
const trainsFor = 2500

interface Launch {
  readonly startToAddress: number
  readonly startToFirstStep: number
  readonly pauseToHeld: number
  readonly step: number
}

/** Starts the program once: measures the time to its first step, and to a pause. */
async function launch(program: string, home: string, request: RunRequest): Promise<Launch> {
  const window = await AppWindow.open(program, home)
  try {
    const run = await startRun(window, request)
    const firstStepAt = performance.now()
    const ends: number[] = []
    const silence = window.listen((event) => {
      if (event.kind === 'steps') ends.push(...event.seconds)
    })
    await pause(trainsFor)
    const asked = performance.now()
    await window.client.runs.pause({ run })
    const heldAt = performance.now()
    silence()
    return {
      startToAddress: (window.addressAt - window.startedAt) / 1000,
      startToFirstStep: (firstStepAt - window.startedAt) / 1000,
      pauseToHeld: (heldAt - asked) / 1000,
      step: median(ends.slice(1).map((end, step) => end - ends[step])),
    }
  } finally {
    await window.close()
  }
}

/** What a window asks for while it shows a run, in turns. */
function questions({ client }: AppWindow, run: number): (() => Promise<unknown>)[] {
  return [
    () => client.lab.status(),
    () => client.runs.list(),
    () => client.runs.detail({ run }),
    () => client.runs.curves({ curves: [{ run, metric: 'loss' }], points: 800 }),
    () => client.datasets.list(),
  ]
}

async function timedCalls(window: AppWindow, run: number): Promise<number[]> {
  const asked = questions(window, run)
  const seconds: number[] = []
  for (let call = 0; call < calls; call += 1) {
    const began = performance.now()
    await asked[call % asked.length]()
    seconds.push((performance.now() - began) / 1000)
    await pause(between)
  }
  return seconds
}

/** Memory at rest and while training, and calls while training, in one run of the program. */
async function live(program: string, home: string, data: BenchData): Promise<Pick<AppResult, 'calls' | 'memory'>> {
  const window = await AppWindow.open(program, home)
  try {
    const { engine } = await window.client.lab.status()
    if (engine.state !== 'ready')
      await window.next((event) => (event.kind === 'engine' && event.engine.state === 'ready' ? true : null))
    const atRest = await memoryOf(window)
    const run = await startRun(window, requestOf(data, 100))
    const times = await timedCalls(window, run)
    const training = await memoryOf(window)
    await window.client.runs.pause({ run })
    await startRun(window, requestOf(data, 500))
    return { calls: times, memory: { atRest, training, trainingLargest: await memoryOf(window) } }
  } finally {
    await window.close()
  }
}

/** Measures the app around training: the browser shell's program with a window's WebSocket on it. */
export async function measureApp(program: string, home: string, data: BenchData, rounds: number): Promise<AppResult> {
  const launches: Launch[] = []
  for (let round = 0; round < rounds; round += 1) launches.push(await launch(program, home, requestOf(data, 100)))
  const of = (figure: keyof Launch): number[] => launches.map((one) => one[figure])
  return {
    startToAddress: of('startToAddress'),
    startToFirstStep: of('startToFirstStep'),
    pauseToHeld: of('pauseToHeld'),
    step: of('step'),
    ...(await live(program, home, data)),
  }
}
