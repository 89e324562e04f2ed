import { plainSet } from '../../../core/data/dataset.ts'
import type { DatasetDefinition } from '../definition.ts'
import { cifar100Names, cifar100Superclasses } from './names/cifar100.ts'

const classes = Object.keys(cifar100Names)

export const cifar100: DatasetDefinition = {
  card: {
    ...plainSet,
    id: 'cifar-100',
    name: 'CIFAR-100',
    image: { height: 32, width: 32, channels: 3 },
    classes,
    classesRu: Object.values(cifar100Names),
    groupings: [
      {
        id: 'superclasses',
        classes: cifar100Superclasses.map(({ name }) => name),
        classesRu: cifar100Superclasses.map(({ nameRu }) => nameRu),
        of: classes.map((name) => cifar100Superclasses.findIndex((superclass) => superclass.classes.includes(name))),
      },
    ],
    sizes: { train: 50_000, test: 10_000 },
    mirrors: true,
    downloadBytes: 168_513_733,
    authors:
      'Alex Krizhevsky, “Learning Multiple Layers of Features from Tiny Images”, 2009; collected with Vinod Nair and Geoffrey Hinton',
    page: 'https://www.cs.toronto.edu/~kriz/cifar.html',
    licence: 'None stated; the authors ask to be cited',
    licenceRu: 'Не указана; авторы просят на них ссылаться',
  },
  // No identity: the sums of the publisher's archives prove that the files are genuine.
  // The usual published ones: 0.507, 0.487, 0.441 and 0.267, 0.256, 0.276 of 255.
  pixelStatistics: { mean: [129.3, 124.1, 112.4], deviation: [68.2, 65.4, 70.4] },
  fileNames: /cifar[ _-]?100/i,
  sha256: null,
  sources: [
    {
      kind: 'publisher',
      files: [
        {
          url: 'https://www.cs.toronto.edu/~kriz/cifar-100-binary.tar.gz',
          bytes: 168_513_733,
          md5: '03b5dce01913d631647c71ecec9e9cb8',
        },
      ],
      format: { kind: 'coarse-planar-records', train: ['train.bin'], test: ['test.bin'] },
    },
    {
      kind: 'publisher',
      files: [
        {
          url: 'https://www.cs.toronto.edu/~kriz/cifar-100-python.tar.gz',
          bytes: 169_001_437,
          md5: 'eb9058c3a382ffc7106e4002c42a8d85',
        },
      ],
      format: { kind: 'pickles', train: ['train'], test: ['test'], labels: 'fine_labels' },
    },
  ],
  alsoRead: [],
  pictures: null,
}
