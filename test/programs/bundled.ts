import path from 'node:path'

/**
 * The bundle of a program, which `build.ts` has made before the tests. Tests start hundreds of programs, and a bundle starts
 * in a third of the time that its sources take.
 */
export function bundled(program: 'cli' | 'browser'): string {
  return path.join(import.meta.dirname, '../../dist/main', `${program}.js`)
}
