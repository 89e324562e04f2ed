import { execFile } from 'node:child_process'
import path from 'node:path'
import { promisify } from 'node:util'
import { z } from 'zod'

const Points = z.record(z.string(), z.array(z.tuple([z.number(), z.number()])))

/** Steps and values by the names of curves; of a histogram the number of its values. */
export const ReadEvents = z.object({ scalars: Points, histograms: Points })
export type ReadEvents = z.infer<typeof ReadEvents>

/** What TensorBoard's own reader finds in a folder. @param python Of `tensorboardPython`. */
export async function readEvents(python: string, folder: string): Promise<ReadEvents> {
  const { stdout } = await promisify(execFile)(python, [path.join(import.meta.dirname, 'readEvents.py'), folder])
  return ReadEvents.parse(JSON.parse(stdout))
}
