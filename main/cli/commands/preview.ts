import { checkChoices, type RunChoices } from '../../../core/run/choices.ts'
import { isUndistorted } from '../../../core/run/augmentation.ts'
import { feedOf, type FeedSettings } from '../../../core/run/feedSettings.ts'
import { labPreset, requestFor } from '../../../core/run/presets.ts'
import type { PresetId } from '../../../core/run/run.ts'
import { limitsOf } from '../../../core/numbers/range.ts'
import { mostAtOnce, SomeImages, type FeedSource } from '../../../core/inspect/distorting.ts'
import { storedImageText, usualImage } from '../../../core/inspect/imageChoice.ts'
import { refuse } from '../../../core/words/problems.ts'
import { readyData } from '../chosenData.ts'
import { defineCommand } from '../command.ts'
import type { CommandContext } from '../context.ts'
import { dataOptions, dataWishes } from '../dataOptions.ts'
import type { DataWishes } from '../dataWishes.ts'
import { distortionWords } from '../distortionWords.ts'
import { datasetEntry } from '../getDataset.ts'
import { flag, number, numberWithin, text, usually, wholeNumber } from '../optionKinds.ts'
import { pictureFile, pictureScale, storedImage, writePictureFile } from '../pictureOptions.ts'
import { runClasses } from '../runClasses.ts'
import { offline, presetIfNamed } from '../sharedOptions.ts'

const name = 'preview'

/** What a run would begin with. A run that is there has all of it. */
const beginning = {
  dataset: text('ID', 'Data set of a run to come, or --run'),
  ...dataOptions,
  preset: presetIfNamed(`Settings of a run to come, ${labPreset} where none are named`),
  'no-distortion': flag('The centre crop, without distortion'),
  offline,
}

/** Whose settings distort. */
type Subject =
  | { readonly kind: 'run'; readonly run: number }
  | {
      readonly kind: 'dataset'
      readonly dataset: string
      readonly data: DataWishes
      readonly preset: PresetId
      readonly choices: RunChoices
      readonly offline: boolean
    }

/** What distorts, and how its data call the classes. */
interface FoundSubject {
  readonly of: FeedSource
  readonly settings: FeedSettings
  readonly classes: readonly string[] | null
  /** In a few words. */
  readonly words: string
}

async function subjectOf(context: CommandContext, subject: Subject): Promise<FoundSubject> {
  const { client } = context
  if (subject.kind === 'run') {
    const { run } = subject
    const [{ config }, entries] = await Promise.all([client.runs.detail({ run }), client.datasets.list()])
    return { of: { run }, settings: feedOf(config), classes: runClasses(config, entries), words: `Run ${run}` }
  }
  const known = await datasetEntry(context, subject.dataset)
  const { view, data } = await readyData(context, known, subject)
  const settings = feedOf(requestFor(subject.preset, view, data, subject.choices).config)
  return { of: settings, settings, classes: view.classes, words: view.name }
}

export const previewCommand = defineCommand({
  name,
  summary: 'Show what distortion makes of an image, in a run or before one',
  options: {
    ...beginning,
    run: wholeNumber('RUN', 'A run, with its data and settings'),
    image: storedImage(`Image by its list and number (${storedImageText(usualImage)})`),
    count: usually(numberWithin('N', `How many random distortions, at most ${mostAtOnce}`, limitsOf(SomeImages)), 9),
    seed: number('N', 'Seed that draws them; that of the run where none is named'),
    out: pictureFile('what enters the network, in a square grid'),
    scale: pictureScale(8),
  },
  endsItself: true,
  read: (_, options) => {
    const { dataset, run, image = usualImage, count, seed, out, scale } = options
    const data = dataWishes(name, options)
    checkChoices({ seed }, Infinity)
    const picture = { image, count, seed: seed ?? null, out: out ?? null, scale }
    if (run === undefined) {
      if (dataset === undefined) refuse('arguments-wrong', { command: name, detail: '--dataset or --run is missing' })
      const choices: RunChoices = { distort: !options['no-distortion'] }
      const subject: Subject = {
        kind: 'dataset',
        dataset,
        data,
        preset: options.preset ?? labPreset,
        choices,
        offline: options.offline,
      }
      return { subject, ...picture }
    }
    const given = Object.entries(options).flatMap(([option, value]) =>
      value === undefined || value === false ? [] : [option],
    )
    const other = given.find((option) => option in beginning)
    if (other !== undefined)
      refuse('arguments-wrong', { command: name, detail: `a run has its data and settings, so --${other} is too much` })
    const subject: Subject = { kind: 'run', run }
    return { subject, ...picture }
  },
  run: async (context, { subject, image, count, seed: wanted, out, scale }) => {
    const { client, output } = context
    const { of, settings, classes, words } = await subjectOf(context, subject)
    const { seed, label, drawn } = await client.look.distortions({ of, image, seed: wanted, count })
    const which = storedImageText(image)
    if (out !== null) {
      const title = `${words}, ${which}, seed ${seed}`
      await writePictureFile(context, { what: 'distortions', of, image, seed, count }, out, { scale, title })
    }
    const trueClass = label === null ? null : (classes?.[label] ?? null)
    const lines = [
      `${words}, ${which}${trueClass === null ? '' : ` (${trueClass})`}, seed ${seed}:`,
      ...(isUndistorted(settings.augmentation)
        ? ['Images are not distorted: each one enters as its centre crop.']
        : []),
      ...drawn.map((one, index) => `${String(index + 1).padStart(2)}  ${distortionWords(one)}`),
      ...(settings.augmentation.mixup === null ? [] : ['Mixup needs a second image and is left out.']),
      ...(out === null ? [] : [`Written to ${out.path}.`]),
    ]
    output.tell(
      { event: 'done', image: which, true: trueClass, seed, distortions: drawn, file: out?.path ?? null },
      lines.join('\n'),
    )
  },
})
