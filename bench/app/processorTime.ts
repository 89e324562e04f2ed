import { readdir, readFile } from 'node:fs/promises'

/** The clock in which Linux tells processor time, in ticks a second. */
const ticks = 100

interface ProcessLine {
  readonly id: number
  readonly parent: number
  /** Processor time of all its threads, in seconds. */
  readonly seconds: number
}

/** Reads a line of `/proc/<id>/stat`; null for a process that has ended. */
async function lineOf(id: string): Promise<ProcessLine | null> {
  const text = await readFile(`/proc/${id}/stat`, 'utf8').catch(() => null)
  if (text === null) return null
  // The name, in parentheses, may have spaces and parentheses in it.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
  return { id: Number(id), parent: Number(fields[1]), seconds: (Number(fields[11]) + Number(fields[12])) / ticks }
}

/**
 * Processor time of all processes that descend from a process, in seconds, itself left out; Linux alone tells it. It
 * says what something costs whatever else the computer does.
 * @param without Processes that are left out with all that they started.
 */
export async function processorSeconds(of: number, without: ReadonlySet<number>): Promise<number> {
  const ids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name))
  const lines = (await Promise.all(ids.map(lineOf))).filter((line) => line !== null)
  const below = (parent: number): number =>
    lines
      .filter((line) => line.parent === parent && !without.has(line.id))
      .reduce((sum, { id, seconds }) => sum + seconds + below(id), 0)
  return below(of)
}
