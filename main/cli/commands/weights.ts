import path from 'node:path'
import sharp from 'sharp'
import type { KernelWeights } from '../../../core/network/kernelWeights.ts'
import { CheckpointChoice } from '../../../core/run/run.ts'
import { symmetricScale } from '../../../core/pictures/colourMap.ts'
import { drawGrid, enlarged, planesOfMaps, type Picture, type Plane } from '../../../core/pictures/mapGrid.ts'
import { writeFileAtomically } from '../../files/atomicFile.ts'
import { runNumber } from '../argumentKinds.ts'
import { defineCommand } from '../command.ts'
import { needed, numberWithin, readText, text, usually, wholeNumber } from '../optionKinds.ts'

/** A checkpoint by its step or by what it is. */
const chosenCheckpoint = usually<CheckpointChoice>(
  readText(
    'STEP',
    'A step, best or last',
    'a step, best or last',
    (word) => CheckpointChoice.safeParse(/^\d+$/.test(word) ? Number(word) : word).data ?? null,
  ),
  'last',
)

/** A dense layer's kernel `[in, out]` is one picture; a convolution's has one a kernel. */
function planesOf({ shape, values }: KernelWeights): Plane[] {
  return planesOfMaps(values, shape.length === 2 ? [...shape, 1] : shape)
}

async function writePng(file: string, { height, width, pixels }: Picture): Promise<void> {
  const png = await sharp(pixels, { raw: { height, width, channels: 4 } })
    .png()
    .toBuffer()
  await writeFileAtomically(file, [png])
}

export const weightsCommand = defineCommand({
  name: 'weights',
  summary: 'Show the kernels of a layer for one input channel',
  arguments: { run: runNumber },
  options: {
    layer: needed(text('NAME', 'Layer (needed): a convolution, or a dense one, whose kernel is a matrix')),
    'input-channel': wholeNumber('N', 'Input channel of a convolution (0)'),
    checkpoint: chosenCheckpoint,
    out: text('FILE', 'PNG to write: blue negative, white zero, red positive, one scale over the layer'),
    scale: usually(
      numberWithin('N', 'Pixels a weight, each way', { min: 1, max: 64, whole: true, includesMin: true }),
      16,
    ),
  },
  read: ({ run }, { layer, 'input-channel': inputChannel, checkpoint, out, scale }) => ({
    question: { run, layer, inputChannel, checkpoint },
    file: out === undefined ? null : path.resolve(out),
    scale,
  }),
  run: async ({ client, output }, { question, file, scale }) => {
    const weights = await client.runs.weights(question)
    const { run, checkpoint, layer, inputChannel, shape, largest } = weights
    if (file !== null) {
      const overTheLayer = symmetricScale(largest)
      const kernels = drawGrid(planesOf(weights), 'seismic', () => overTheLayer)
      await writePng(file, enlarged(kernels, scale))
    }
    const of = inputChannel === null ? layer : `${layer}, input channel ${inputChannel}`
    const written = file === null ? '' : ` Written to ${file}.`
    output.tell(
      file === null ? weights : { event: 'done', run, checkpoint, layer, inputChannel, shape, largest, file },
      `Run ${run} at step ${checkpoint}, ${of}: ${shape.join(' x ')} weights, the largest of the layer ${largest.toPrecision(4)}.${written}`,
    )
  },
})
