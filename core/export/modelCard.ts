import { choiceOf } from '../data/datasetView.ts'
import type { DatasetCard } from '../data/dataset.ts'
import type { DatasetForm } from '../data/dataChoice.ts'
import { kerasSummary } from '../network/kerasSummary.ts'
import { layerTable } from '../network/layerTable.ts'
import type { ModelInput } from '../network/model.ts'
import type { Evaluation, RunConfig } from '../run/run.ts'
import { type ExportFormat, isRunFormat, type PixelInput } from '../run/runExport.ts'
import { settingsWithin } from '../run/settingPath.ts'

/** The name of a model card in its folder, which code hosts and file managers show first. */
export const cardName = 'README.md'

/** What a model card tells of. */
export interface CardSubject {
  /** Version of Conv Lab. */
  readonly version: string
  /** The run's number, and its name where a person gave one. */
  readonly run: { readonly id: number; readonly name: string | null }
  readonly config: RunConfig
  readonly step: number
  readonly dataset: Pick<DatasetCard, 'id' | 'name' | 'authors' | 'page' | 'licence'>
  readonly classes: readonly string[]
  /** Extents of the data set's images. */
  readonly image: ModelInput
  /** Measured at this step; null where it was not. */
  readonly evaluation: Evaluation | null
  readonly format: ExportFormat
  readonly input: PixelInput
}

/** How the network in a folder is used. */
const uses: Record<ExportFormat, string> = {
  'saved-model':
    'TensorFlow opens this folder: `tf.saved_model.load(folder).signatures["serving_default"](images=...)["probabilities"]`.',
  onnx: 'Every runtime of ONNX with operator set 20 opens `model.onnx`: `onnxruntime.InferenceSession("model.onnx").run(None, {"images": images})`. The names of the classes are in its metadata under `classes`.',
  keras:
    'Keras 3 opens `model.keras`: `keras.saving.load_model("model.keras").predict(images)`. It consists of Keras\'s own layers and can be trained further.',
  pytorch:
    'PyTorch 2 and safetensors: `from model import load, probabilities`, then `probabilities(load()(images))`. `python load.py PICTURE` answers for a picture. The network can be trained further.',
  tensorboard:
    '`tensorboard --logdir FOLDER` shows the curves, the evaluations and the health of each layer. The weights are not in this folder.',
  csv: '`metrics.csv` has a row for each step and each evaluation: loss, accuracy, training seconds. The weights are not in this folder.',
}

/** The form in which a format takes pixels. */
function pixelType({ format, input }: CardSubject): string {
  return format === 'onnx' ? input : 'uint8'
}

/** What a picture has to become before the network takes it. */
function preparation({ side, fit, cut }: DatasetForm, { height, width, channels }: ModelInput): string[] {
  const colours =
    channels === 1
      ? 'Turn it into grey (one channel): the luminance of its colours by Rec. 709, computed in linear light.'
      : 'Turn it into RGB (three channels).'
  const object =
    cut.kind === 'object' ? [`Cut out the object, with a margin of ${cut.margin} of its box at each side.`] : []
  const sized =
    side === null
      ? `Bring it to ${height} rows and ${width} columns. The images of the data set have this size.`
      : fit === 'crop'
        ? `Take the largest square from its middle and resize it to ${height} x ${width} with Lanczos's kernel.`
        : `Resize it with Lanczos's kernel so that all of it fits into ${height} x ${width}, and fill the rest with black.`
  const seen = ['Turn it upright, as its EXIF orientation says.', ...object, 'Put it on black where it is transparent.']
  return [...seen, sized, colours]
}

function percent(share: number): string {
  return `${(100 * share).toFixed(2)} %`
}

function accuracyText({ evaluation, config, step }: CardSubject): string {
  if (evaluation === null) return `Not measured at step ${step}.`
  const { accuracy, loss, validation } = evaluation
  const validated =
    validation === null
      ? ''
      : ` On the images held out for validation: ${percent(validation.accuracy)} right, mean loss ${validation.loss.toPrecision(4)}.`
  const flips = config.evaluation.flips
    ? ' Each image was measured together with its mirror image; the network in this folder answers for an image alone, so it may get slightly fewer right.'
    : ''
  return `On the test images: ${percent(accuracy)} right, mean loss ${loss.toPrecision(4)}.${validated}${flips}`
}

/** What a network takes and gives; nothing for a format without one. */
function given(subject: CardSubject): string {
  const { config, image, classes, format } = subject
  if (isRunFormat(format)) return ''
  const steps = preparation(choiceOf(config.data).form, image).map((line, index) => `${index + 1}. ${line}`)
  return `- Input \`images\`: ${pixelType(subject)} \`[batch, ${image.height}, ${image.width}, ${image.channels}]\`, row by row, channels last, pixels of 0 to 255. The network itself cuts out the middle and scales the pixels as in training.
- Output \`probabilities\`: float32 \`[batch, ${classes.length}]\`, in the order of the classes below.

## To prepare an image

${steps.join('\n')}

`
}

/** A line of Markdown must not be broken by what a person wrote. */
function inline(text: string): string {
  return text.replace(/\s+/g, ' ').replace(/([\\`*_<>[\]|])/g, '\\$1')
}

/** The settings but for the network itself, which has its own table. */
function settingRows(config: RunConfig): string[] {
  return settingsWithin(config).flatMap(({ path, value }) =>
    path.startsWith('model.layers.') ? [] : [`| ${inline(path)} | ${inline(String(value))} |`],
  )
}

/**
 * The model card of an exported network, as Markdown: what it tells apart, how to use it, how to prepare an image, how
 * well it answers, where its data came from, how it was trained. After Mitchell et al. 2019, "Model Cards for Model
 * Reporting".
 */
export function modelCard(subject: CardSubject): string {
  const { version, run, config, step, dataset, classes, format } = subject
  const name = run.name === null ? `run ${run.id}` : `${inline(run.name)} (run ${run.id})`
  return `# ${inline(dataset.name)}: ${name} at step ${step}

A convolutional network for pictures of ${classes.length} classes, trained and exported by Conv Lab ${version}.

## Use

${uses[format]}

${given(subject)}## Classes

${classes.map((one, index) => `${index}. ${inline(one)}`).join('\n')}

## Accuracy

${accuracyText(subject)}

## Data

- Data set: ${inline(dataset.name)} (\`${dataset.id}\`, sha256 of the prepared images \`${config.data.sha256}\`)
- Citation: ${inline(dataset.authors === '' ? 'not known' : dataset.authors)}${dataset.page === '' ? '' : `\n- Page: <${dataset.page}>`}
- Licence: ${inline(dataset.licence === '' ? 'not stated' : dataset.licence)}

A licence of the data may also bind who passes the network on. The network knows only its classes, and only pictures like those that it was trained on.

## Network

\`\`\`
${kerasSummary('network', config.model, layerTable(config.model)).trimEnd()}
\`\`\`

## Settings

| setting | value |
| --- | --- |
${settingRows(config).join('\n')}
`
}
