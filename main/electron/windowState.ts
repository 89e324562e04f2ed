import { readFileSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import { writeFileAtomically } from '../files/atomicFile.ts'

const Bounds = z.strictObject({
  x: z.int(),
  y: z.int(),
  width: z.int().min(1).max(20_000),
  height: z.int().min(1).max(20_000),
})
export type Bounds = z.infer<typeof Bounds>

/** Where the window was when it was closed, in device-independent pixels. */
const WindowState = z.strictObject({ format: z.literal(1), bounds: Bounds, maximized: z.boolean() })
export type WindowState = z.infer<typeof WindowState>

/** Smallest size at which every page of the window fits. */
export const smallestSize = { width: 1024, height: 700 }
const usualSize = { width: 1440, height: 960 }

/** How much of the window must be on a screen so that a person can drag it. */
const grip = { width: 200, height: 60 }

function overlap(start: number, length: number, otherStart: number, otherLength: number): number {
  return Math.min(start + length, otherStart + otherLength) - Math.max(start, otherStart)
}

/**
 * Where to put the window: at its last place if that is still on a screen, otherwise in the middle at the usual size.
 * @param workAreas The screens without their task bars.
 */
export function placeWindow(
  state: WindowState | null,
  workAreas: readonly Bounds[],
): Partial<Bounds> & { width: number; height: number } {
  if (state === null) return usualSize
  const { x, y, width, height } = state.bounds
  const visible = workAreas.some(
    (area) =>
      overlap(x, width, area.x, area.width) >= grip.width && overlap(y, height, area.y, area.height) >= grip.height,
  )
  const size = { width: Math.max(width, smallestSize.width), height: Math.max(height, smallestSize.height) }
  return visible ? { x, y, ...size } : size
}

function stateFile(home: string): string {
  return path.join(home, 'window.json')
}

/** The stored state, or null if it is missing or unusable. Then the window opens at its usual place. */
export function readWindowState(home: string): WindowState | null {
  let text: string
  try {
    text = readFileSync(stateFile(home), 'utf8')
  } catch (thrown) {
    if (thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT') return null
    throw thrown
  }
  const parsed = WindowState.safeParse(jsonOrNull(text))
  return parsed.success ? parsed.data : null
}

function jsonOrNull(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (thrown) {
    if (thrown instanceof SyntaxError) return null
    throw thrown
  }
}

/** Stores the state, whole or not at all. @throws LabError `disk-full` or `write-failed`. */
export async function writeWindowState(home: string, state: WindowState): Promise<void> {
  await writeFileAtomically(stateFile(home), [new TextEncoder().encode(JSON.stringify(state))])
}
