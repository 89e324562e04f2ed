import { runNumber } from '../argumentKinds.ts'
import { checkpointNamed } from '../checkpointNamed.ts'
import { defineCommand } from '../command.ts'
import { needed, text, wholeNumber } from '../optionKinds.ts'
import { pictureFile, pictureScale, writePictureFile } from '../pictureOptions.ts'
import { chosenCheckpoint } from '../sharedOptions.ts'

export const weightsCommand = defineCommand({
  name: 'weights',
  summary: 'Show the kernels of a layer for one input channel',
  arguments: { run: runNumber },
  options: {
    layer: needed(text('NAME', 'Layer (needed): a convolution, or a dense one, whose kernel is a matrix')),
    'input-channel': wholeNumber('N', 'Input channel of a convolution (0)'),
    checkpoint: chosenCheckpoint,
    out: pictureFile('blue negative, white zero, red positive, one scale over the layer'),
    scale: pictureScale(16),
  },
  read: ({ run }, { layer, 'input-channel': inputChannel, checkpoint, out = null, scale }) => ({
    question: { run, layer, inputChannel, checkpoint },
    out,
    scale,
  }),
  run: async (context, { question, out, scale }) => {
    const { client, output } = context
    const weights = await client.runs.weights(question)
    const { run, checkpoint, layer, inputChannel, shape, largest } = weights
    const of = inputChannel === null ? layer : `${layer}, input channel ${inputChannel}`
    if (out !== null) {
      const named = await checkpointNamed(client, run, checkpoint)
      const title = `Run ${run}, step ${checkpoint}, ${of}`
      await writePictureFile(context, { what: 'kernels', ...named, layer, inputChannel }, out, { scale, title })
    }
    const written = out === null ? '' : ` Written to ${out.path}.`
    output.tell(
      out === null ? weights : { event: 'done', run, checkpoint, layer, inputChannel, shape, largest, file: out.path },
      `Run ${run} at step ${checkpoint}, ${of}: ${shape.join(' x ')} weights, the largest of the layer ${largest.toPrecision(4)}.${written}`,
    )
  },
})
