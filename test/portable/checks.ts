import type { Ended } from './started.ts'

/** What was found, over all parts of the test. */
export interface Checks {
  passed: number
  failed: number
}

/** Checks one promise and says how it went. A promise that fails does not keep the others from being checked. */
export async function check(checks: Checks, promise: string, work: () => Promise<void>): Promise<void> {
  const begin = performance.now()
  let failure: unknown = null
  try {
    await work()
    checks.passed += 1
  } catch (thrown) {
    failure = thrown
    checks.failed += 1
  }
  const seconds = ((performance.now() - begin) / 1000).toFixed(0)
  console.log(`${failure === null ? 'ok    ' : 'FAILED'} ${promise} (${seconds} s)`)
  if (failure !== null) console.log(failure)
}

/** Demands that something holds. */
export function demand(holds: boolean, otherwise: string): void {
  if (!holds) throw new Error(otherwise)
}

/** Demands that a program ended with a sentence which has these words. */
export function refused({ code, output, errors }: Ended, ...words: string[]): void {
  demand(code === 1, `ended with ${code}: ${output}${errors}`)
  const text = `${output}${errors}`
  for (const word of words) demand(text.includes(word), `“${word}” is not in: ${text}`)
  demand(!/^\s+at /m.test(text), `a stack in the place of a sentence: ${text}`)
}
