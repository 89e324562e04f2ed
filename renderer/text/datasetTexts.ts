import type { DatasetContents, DatasetEntry, DatasetProgress } from '../../core/data/dataset.ts'
import { leftOutNames, type LeftOut } from '../../core/data/leftOut.ts'
import type { Language } from '../../core/words/language.ts'
import { phraseText } from '../../core/words/phrases.ts'
import * as m from '../messages/compiled/messages.js'
import type { Formats } from './formats.ts'
import { shownLanguage } from './shownLanguage.ts'

/** Progress of one stage of a transfer, 0 to 1; null while the total is unknown. */
export function doneShare(progress: Pick<DatasetProgress, 'doneBytes' | 'totalBytes'> | null): number | null {
  if (progress === null || progress.totalBytes === null || progress.totalBytes === 0) return null
  return Math.min(1, progress.doneBytes / progress.totalBytes)
}

export function stageText(progress: DatasetProgress | null): string {
  const stages = {
    connecting: m.stage_connecting,
    downloading: m.stage_downloading,
    reading: m.stage_reading,
    preparing: m.stage_preparing,
    packing: m.stage_packing,
  }
  return stages[progress?.stage ?? 'connecting']()
}

/**
 * Progress in words: "12 MB of 139 MB · 4 MB/s · 0:31 left", or with "2,300 images/s" if images are counted. After a
 * broken connection: when the source is tried again, and why.
 */
export function amountText(
  { doneBytes, totalBytes, bytesPerSecond, imagesPerSecond, secondsLeft, pause }: Omit<DatasetProgress, 'stage'>,
  format: Formats,
): string {
  const done = format.bytes(doneBytes)
  const amount = totalBytes === null ? done : m.bytes_of({ done, total: format.bytes(totalBytes) })
  const images = imagesPerSecond ?? null
  const rate =
    images !== null
      ? [m.images_per_second({ count: format.whole(images) })]
      : bytesPerSecond === null
        ? []
        : [format.bytesPerSecond(bytesPerSecond)]
  const left = secondsLeft === null ? [] : [m.time_left({ time: format.duration(secondsLeft) })]
  const again =
    pause === undefined
      ? []
      : [m.tries_again({ time: format.duration(pause.seconds), reason: phraseText(pause.reason, shownLanguage()) })]
  return [amount, ...rate, ...left, ...again].join(' · ')
}

/** The licence of a set. Its name is the same in every language; where it has none, a sentence tells what is allowed. */
export function licenceText(
  { licence, licenceRu }: Pick<DatasetEntry, 'licence' | 'licenceRu'>,
  language: Language,
): string {
  return language === 'ru' && licenceRu !== '' ? licenceRu : licence
}

/** The state of a set with its size, for the list of sets. */
export function stateText(
  entry: Pick<DatasetEntry, 'state' | 'progress' | 'obtained' | 'contents' | 'prepared' | 'downloadBytes'>,
  format: Formats,
): string {
  const { state, progress, obtained, contents, prepared, downloadBytes } = entry
  if (state === 'getting') {
    const share = doneShare(progress)
    return share === null
      ? stageText(progress)
      : m.dataset_stage_share({ stage: stageText(progress), share: format.percent(share, 0) })
  }
  if (state === 'ready') {
    const size = format.bytes(contents?.bytes ?? prepared?.bytes ?? 0)
    return obtained === 'own' ? m.dataset_own({ size }) : m.dataset_ready({ size })
  }
  if (obtained === 'copy') return m.dataset_copy()
  if (obtained === 'drawn') return m.dataset_drawn()
  return obtained === 'own' ? m.dataset_own_failed() : m.dataset_absent({ size: format.bytes(downloadBytes) })
}

/** How many classes of a set have images on this computer; of one that is not here, how many it has. */
export function classesHere({
  classes,
  contents,
  forms,
}: Pick<DatasetEntry, 'classes' | 'contents' | 'forms'>): number {
  // In a form, images that cannot be read are left out already.
  const parts = forms.at(0)?.parts ?? contents?.parts
  if (parts === undefined) return classes.length
  return classes.filter((_, label) => parts.some(({ counts }) => (counts[label] ?? 0) > 0)).length
}

/** How many images a set has, on this computer or at its source, and of which kind. */
export function imagesText(
  { image, sizes, contents, ownSize }: Pick<DatasetEntry, 'image' | 'sizes' | 'contents' | 'ownSize'>,
  format: Formats,
): string {
  const all = contents?.parts.reduce((sum, { counts }) => sum + counts.reduce((images, one) => images + one, 0), 0)
  const count = contents === null || all === undefined ? sizes.train + sizes.test : all - contents.broken.count
  const said = { count, text: format.whole(count) }
  const colour = image.channels === 3
  if (!ownSize) return colour ? m.pictures_colour(said) : m.pictures_grey(said)
  const size = `${format.whole(image.width)} × ${format.whole(image.height)}`
  return colour ? m.images_colour({ ...said, size }) : m.images_grey({ ...said, size })
}

/** How many names of what is missing are listed. */
const mostMissing = 3

/** What of a set is not there: images that cannot be read, files left out, parts missing; null if nothing. */
export function gapsText(
  { broken, leftOut, missing }: Pick<DatasetContents, 'broken' | 'leftOut' | 'missing'>,
  format: Formats,
): string | null {
  const files = leftOut.reduce((sum, { count }) => sum + count, 0)
  const names = [...missing.slice(0, mostMissing), ...(missing.length > mostMissing ? ['…'] : [])]
  const gaps = [
    ...(broken.count === 0 ? [] : [m.broken_count({ count: broken.count, text: format.whole(broken.count) })]),
    ...(files === 0 ? [] : [m.gaps_left_out({ count: files, text: format.whole(files) })]),
    ...(names.length === 0 ? [] : [m.gaps_missing({ names: format.list(names) })]),
  ]
  return gaps.length === 0 ? null : `${gaps.join('; ')}.`
}

/** What was left out of a set for one reason: "HEIC pictures, ...: 12 (cat/IMG_1.HEIC, ...)". */
export function leftOutText(
  of: LeftOut,
  { language, format }: { readonly language: Language; readonly format: Formats },
): string {
  return m.left_out_line({
    why: phraseText(of.why, language),
    count: format.whole(of.count),
    names: leftOutNames(of),
  })
}
