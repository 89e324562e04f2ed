import { idxDefinition } from './idxSet.ts'

export const fashionMnist = idxDefinition({
  card: {
    id: 'fashion-mnist',
    name: 'Fashion-MNIST',
    classes: ['T-shirt/top', 'Trouser', 'Pullover', 'Dress', 'Coat', 'Sandal', 'Shirt', 'Sneaker', 'Bag', 'Ankle boot'],
    classesRu: [
      'футболка',
      'брюки',
      'пуловер',
      'платье',
      'пальто',
      'сандалия',
      'рубашка',
      'кроссовка',
      'сумка',
      'ботинок',
    ],
    authors:
      'Han Xiao, Kashif Rasul, Roland Vollgraf, “Fashion-MNIST: a Novel Image Dataset for Benchmarking Machine Learning Algorithms”, 2017',
    page: 'https://github.com/zalandoresearch/fashion-mnist',
    licence: 'MIT',
  },
  mean: 72.9,
  deviation: 90.0,
  fileNames: /fashion/i,
  sha256: '81301b222b0cb7307016d32c068778c3bc19342048100f4eac01cf12e24c51f0',
  publisher: {
    folder: 'http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/',
    files: [
      { bytes: 26_421_880, md5: '8d4fb7e6c68d591d4c3dfef9ec88bf0d' },
      { bytes: 29_515, md5: '25c81989df183df01b3e8a0aad5dffbe' },
      { bytes: 4_422_102, md5: 'bef4ecab320f06d8554ea6380940ec79' },
      { bytes: 5_148, md5: 'bb300cfdad3c16e7a12a480ee83cd310' },
    ],
  },
  // Debian compressed the files again, so only the prepared form can be compared with the publisher's.
  package: { kind: 'debian', name: 'dataset-fashion-mnist', bytes: 30_900_652, ending: '.gz' },
})
