import type { LayerMaps, MapFigures } from '../../../core/inspect/looking.ts'
import { anyWord, ifNamed, runNumber } from '../argumentKinds.ts'
import { askedImage, askedImageOption, namedImage } from '../askedImage.ts'
import { checkpointNamed } from '../checkpointNamed.ts'
import { defineCommand } from '../command.ts'
import { table } from '../format.ts'
import { flag, needed, text } from '../optionKinds.ts'
import { pictureFile, pictureScale, writePictureFile } from '../pictureOptions.ts'
import { chosenCheckpoint } from '../sharedOptions.ts'

const name = 'maps'

/** A vector has one value a unit, of which nothing more can be said. */
function figuresTable({ shape, maps }: LayerMaps): string {
  const broken = maps.some(({ notFinite }) => notFinite > 0)
  const isVector = shape.length === 1
  const figures = ({ min, max, mean }: MapFigures): number[] => (isVector ? [mean] : [min, max, mean])
  return table(
    [...(isVector ? ['UNIT', 'VALUE'] : ['MAP', 'MIN', 'MAX', 'MEAN']), ...(broken ? ['NOT FINITE'] : [])],
    maps.map((map, index) => [
      String(index),
      ...figures(map).map((value) => value.toPrecision(4)),
      ...(broken ? [String(map.notFinite)] : []),
    ]),
  )
}

export const mapsCommand = defineCommand({
  name,
  summary: 'Show what a layer of a run makes of an image or a picture',
  arguments: { run: runNumber, path: ifNamed(anyWord('PATH')) },
  options: {
    layer: needed(text('NAME', 'Layer (needed); of a convolution, what it gives before its activation')),
    image: askedImageOption,
    checkpoint: chosenCheckpoint,
    out: pictureFile('all maps in a square grid, white low and black high, one scale over the layer'),
    'per-map': flag('A scale of its own for each map in the picture'),
    scale: pictureScale(8),
  },
  read: (taken, { layer, image, checkpoint, out = null, 'per-map': perMap, scale }) => ({
    subject: { run: taken.run, checkpoint },
    asked: askedImage(name, taken.path, image),
    layer,
    out,
    perMap,
    scale,
  }),
  run: async (context, { subject, asked, layer, out, perMap, scale }) => {
    const { client, output } = context
    const { image, name: called } = await namedImage(client, asked)
    const found: LayerMaps = await client.look.maps({ ...subject, image, layer })
    const { run, checkpoint, shape, maps } = found
    if (out !== null) {
      const question = {
        what: 'maps',
        ...(await checkpointNamed(client, run, checkpoint)),
        image,
        layer,
        scale: perMap ? 'map' : 'layer',
      } as const
      await writePictureFile(context, question, out, {
        scale,
        title: `Run ${run}, step ${checkpoint}, ${layer}, ${called}`,
      })
    }
    const what = `Run ${run} at step ${checkpoint}, ${called}, ${layer}: ${shape.join(' x ')} values`
    output.tell(
      {
        ...(out === null ? {} : { event: 'done' }),
        run,
        checkpoint,
        image: called,
        layer,
        shape,
        maps,
        file: out?.path ?? null,
      },
      out === null ? `${what}.\n\n${figuresTable(found)}` : `${what}. Written to ${out.path}.`,
    )
  },
})
