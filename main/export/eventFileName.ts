/** Seconds since 1970. */
export function secondsOf(date: string): number {
  return Date.parse(date) / 1000
}

/**
 * The name by which TensorBoard knows a file of events. It reads the files of a folder in the order of their names.
 * @param seconds since 1970
 */
export function eventFileName(seconds: number): string {
  return `events.out.tfevents.${Math.floor(seconds)}.conv-lab`
}

/** The seconds in the name of a file of events, also of another program's; null for any other file. */
export function secondsOfEventFile(name: string): number | null {
  const found = /^events\.out\.tfevents\.(\d+)\./.exec(name)
  return found === null ? null : Number(found[1])
}
