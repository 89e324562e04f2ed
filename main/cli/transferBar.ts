import type { DatasetProgress } from '../../core/data/dataset.ts'
import { phraseText } from '../../core/words/phrases.ts'
import { bar, bytes, duration } from './format.ts'

/**
 * The bar of a transfer: how much of it has come, how fast, and when a source is asked again.
 * @param what what is done to what
 * @param columns of the terminal
 */
export function transferBar(
  what: string,
  { doneBytes, totalBytes, bytesPerSecond, secondsLeft, pause }: Omit<DatasetProgress, 'stage'>,
  columns: number,
): string {
  const words = [
    what,
    totalBytes === null ? bytes(doneBytes) : `${bytes(doneBytes)} of ${bytes(totalBytes)}`,
    ...(bytesPerSecond === null ? [] : [`${bytes(bytesPerSecond)}/s`]),
    ...(secondsLeft === null ? [] : [`${duration(secondsLeft)} left`]),
    ...(pause === undefined ? [] : [`tries again in ${duration(pause.seconds)} (${phraseText(pause.reason, 'en')})`]),
  ]
  return bar(totalBytes === null || totalBytes === 0 ? 0 : doneBytes / totalBytes, words.join(', '), columns)
}
