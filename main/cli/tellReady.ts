import { brokenImageText } from '../../core/data/brokenImage.ts'
import type { DatasetEntry } from '../../core/data/dataset.ts'
import { leftOutNames, type LeftOut } from '../../core/data/leftOut.ts'
import { usualChoice, viewOf } from '../../core/data/datasetView.ts'
import { phraseText } from '../../core/words/phrases.ts'
import type { CommandContext } from './context.ts'

/** What was left out of a set for one reason. */
export function leftOutText(of: LeftOut): string {
  return `${phraseText(of.why, 'en')}: ${of.count} (${leftOutNames(of)})`
}

/**
 * Reports that a data set is ready, with what a run usually takes of it and what it lacks.
 * @param told what was left out, as far as the plan has told it already; it stands in the JSON all the same.
 */
export function tellReady({ output }: CommandContext, entry: DatasetEntry, told: readonly LeftOut[] = []): void {
  const { id, name, prepared, contents } = entry
  const { sizes } = viewOf(entry, usualChoice(entry))
  const missing = contents?.missing ?? []
  const leftOut = contents?.leftOut ?? []
  const lines = new Set(told.map(leftOutText))
  const broken = contents?.broken.count ?? 0
  const named = (contents?.broken.first ?? []).slice(0, 1).map((one) => `, among them ${brokenImageText(one, 'en')}`)
  const words = [
    `${name} is ready: ${sizes.train} training and ${sizes.test} test images.`,
    ...(entry.sums && entry.obtained !== 'own' && contents?.published === false
      ? ['These are not the files that its publisher has published.']
      : []),
    ...(missing.length > 0 ? [`Missing: ${missing.join('; ')}.`] : []),
    ...leftOut.filter((one) => !lines.has(leftOutText(one))).map((one) => `Left out: ${leftOutText(one)}.`),
    ...(broken > 0 ? [`${broken} images could not be read and are left out${named.join('')}.`] : []),
  ]
  const result = {
    event: 'done',
    dataset: id,
    state: 'ready',
    train: sizes.train,
    test: sizes.test,
    prepared,
    published: entry.obtained === 'own' ? null : (contents?.published ?? null),
    missing,
    broken,
    leftOut,
  }
  output.tell(result, words.join('\n'))
}
