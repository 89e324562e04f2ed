import path from 'node:path'

/** Whether a file or folder lies in a folder, or is it. Both are absolute paths; links are not followed. */
export function liesIn(place: string, folder: string): boolean {
  const steps = path.relative(folder, place)
  return steps.split(path.sep)[0] !== '..' && !path.isAbsolute(steps)
}
