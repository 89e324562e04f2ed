import { refuse } from '../../core/words/problems.ts'
import type { Argument } from './command.ts'

/** An argument of one word. */
function oneWord<Value>(name: string, read: (word: string, command: string) => Value): Argument<Value> {
  return { name, optional: false, several: false, read: ([word], command) => read(word, command) }
}

/** Any word. */
export function anyWord(name: string): Argument<string> {
  return oneWord(name, (word) => word)
}

/** An argument that may be left out. */
export function ifNamed<Value>({ read, ...argument }: Argument<Value>): Argument<Value | undefined> {
  return {
    ...argument,
    optional: true,
    read: (words, command) => (words.length === 0 ? undefined : read(words, command)),
  }
}

/** One of some names. */
export function nameOf<Name extends string>(name: string, names: readonly Name[]): Argument<Name> {
  return oneWord(
    name,
    (word, command) =>
      names.find((one) => one === word) ??
      refuse('arguments-wrong', { command, detail: `“${word}” is none of ${names.join(', ')}` }),
  )
}

function numberIn(word: string, command: string, of: string): number {
  const number = /^\d+$/.test(word) ? Number(word) : 0
  if (number < 1 || !Number.isSafeInteger(number))
    refuse('arguments-wrong', { command, detail: `“${word}” is not the number of a ${of}` })
  return number
}

function runIn(word: string, command: string): number {
  return numberIn(word, command, 'run')
}

/** The number of a sweep. */
export const sweepNumber: Argument<number> = oneWord('SWEEP', (word, command) => numberIn(word, command, 'sweep'))

/** The number of a run. */
export const runNumber: Argument<number> = oneWord('RUN', runIn)

/** The numbers of one or more runs. */
export const runNumbers: Argument<readonly number[]> = {
  name: 'RUN',
  optional: false,
  several: true,
  read: (words, command) => words.map((word) => runIn(word, command)),
}

/** The numbers of any number of runs. */
export const runNumbersIfNamed: Argument<readonly number[]> = { ...runNumbers, optional: true }
