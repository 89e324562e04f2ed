import type { Bilingual } from './language.ts'

/** What is wrong with weights from elsewhere. */
export const weightsPhrases = {
  'onnx-broken': { en: 'it is no whole ONNX file', ru: 'это не целый файл ONNX' },
  'onnx-external': {
    en: 'the values of {name} are in another file; save the network with its values inside',
    ru: 'значения {name} лежат в другом файле; сохраните сеть вместе со значениями',
  },
  'tensor-twice': { en: 'it has two tensors {name}', ru: 'в нём два тензора {name}' },
  'tensors-too-many': { en: 'it has more than {most} tensors', ru: 'в нём больше {most} тензоров' },
  'weights-archive': {
    en: 'it is a zip archive of PyTorch, Keras or NumPy; save its tensors as safetensors, or export the network to ONNX',
    ru: 'это zip-архив PyTorch, Keras или NumPy; сохраните тензоры в safetensors или экспортируйте сеть в ONNX',
  },
  'weights-hdf5': {
    en: 'it is an HDF5 file of Keras; export the network to ONNX',
    ru: 'это файл HDF5 от Keras; экспортируйте сеть в ONNX',
  },
  'weights-pickle': {
    en: 'it is a pickle, which can run programs and is not read; save its tensors as safetensors',
    ru: 'это pickle: такой файл может запускать программы, поэтому не читается; сохраните тензоры в safetensors',
  },
  'weights-unknown-format': {
    en: 'it begins neither as safetensors nor as ONNX',
    ru: 'его начало не похоже ни на safetensors, ни на ONNX',
  },
  'tensor-not-there': { en: 'there is no such tensor', ru: 'такого тензора нет' },
  'tensor-type-unread': {
    en: 'its values are {type}, and F32, F16, BF16 and F64 are read',
    ru: 'тип его значений — {type}, а читаются F32, F16, BF16 и F64',
  },
  'tensor-shape-unlike': {
    en: 'its shape is {has}, and {wanted} is needed for the turn {turn}',
    ru: 'его форма {has}, а для перестановки {turn} нужна {wanted}',
  },
  'row-twice': { en: 'the variable has two rows', ru: 'у переменной две строки' },
  'variable-not-there': { en: 'the network has no such variable', ru: 'такой переменной в сети нет' },
} as const satisfies Readonly<Record<string, Bilingual>>
