import { requestFor } from '../../core/run/presets.ts'
import type { RunRequest } from '../../core/run/run.ts'
import type { BenchData } from '../cases.ts'
import type { AppWindow } from './appWindow.ts'

/** More steps than any of these runs reaches. */
const never = 1_000_000

/** A run of the Lab network that goes on until it is paused. */
export function requestOf({ card, prepared }: BenchData, batch: number): RunRequest {
  return requestFor('seed', card, prepared, { batch, goal: never, evaluateEvery: never })
}

/** Starts a run and waits until the window hears of its first step. */
export async function startRun(window: AppWindow, request: RunRequest): Promise<number> {
  const firstStep = window.next((event) => (event.kind === 'steps' ? true : null))
  const { id } = await window.client.runs.start(request)
  await firstStep
  return id
}

/** Resident memory of the program and its engines as the window hears it: the second report, which covers all. */
export async function memoryOf(window: AppWindow): Promise<number> {
  const told = (): Promise<number> => window.next((event) => (event.kind === 'memory' ? event.memory.usedBytes : null))
  await told()
  return told()
}
