import { plainSet } from '../../../core/data/dataset.ts'
import { outlines } from '../../../core/drawing/outlines.ts'
import { drawShapes, shapeCounts, shapeSide } from '../../../core/drawing/shapes.ts'
import type { DatasetDefinition } from '../definition.ts'

/** Shapes that Conv Lab draws itself. It is there without a network, and the example was trained on it. */
export const shapes: DatasetDefinition = {
  card: {
    ...plainSet,
    id: 'shapes',
    name: 'Conv Lab Shapes',
    image: { height: shapeSide, width: shapeSide, channels: 1 },
    classes: outlines.map(({ name }) => name),
    classesRu: outlines.map(({ nameRu }) => nameRu),
    sizes: shapeCounts,
    mirrors: true,
    downloadBytes: 0,
    authors: 'Conv Lab',
    page: '',
    licence: 'CC0 1.0',
    obtained: 'drawn',
  },
  pixelStatistics: { mean: [51.5], deviation: [51.5] },
  fileNames: null,
  sha256: '436a927ed56d4bcde62712718e82a175174d0cd3d5abcc0502dbf55aed8e2da4',
  sources: [
    {
      kind: 'drawn',
      draw: drawShapes,
      format: {
        kind: 'idx',
        train: { images: 'train-images.idx', labels: 'train-labels.idx' },
        test: { images: 'test-images.idx', labels: 'test-labels.idx' },
      },
    },
  ],
  alsoRead: [],
  pictures: null,
}
