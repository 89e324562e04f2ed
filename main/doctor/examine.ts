import type { LaunchEngine } from '../engine/host/engineHost.ts'
import type { Home } from '../files/places.ts'
import { examineFiles } from './files.ts'
import { sound, type Finding } from './finding.ts'
import { examineHome } from './home.ts'
import { examineSystem } from './system.ts'
import { examineTensorflow } from './tensorflow.ts'

export interface Examined {
  /** The portable folder; null for a program that is not a portable one. */
  readonly folder: string | null
  readonly home: Home
  readonly launchEngine: LaunchEngine
  /** The names of the programs that could show the window, best first. */
  readonly windowPrograms: readonly string[]
  /** Called while files are read, with their number and that of all. */
  readonly onFile: (read: number, count: number) => void
}

/** Looks at everything that Conv Lab needs on a computer, and yields what it finds, part by part. */
export async function* examine(examined: Examined): AsyncGenerator<Finding> {
  yield* await examineFiles(examined.folder, examined.onFile)
  yield examineSystem()
  yield* await examineHome(examined.home)
  yield await examineTensorflow(examined.launchEngine)
  const [program] = examined.windowPrograms
  yield program === undefined ? sound('window', 'window-by-hand', {}) : sound('window', 'window', { program })
}
