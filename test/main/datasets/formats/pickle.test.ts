import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { readPickle } from '../../../../main/datasets/formats/pickle.ts'
import { readPickledImages } from '../../../../main/datasets/formats/pickledImages.ts'

function genuine(name: string): Buffer {
  return readFileSync(path.resolve('test/data/pickles', name))
}

function latin(text: string): Buffer {
  return Buffer.from(text, 'latin1')
}

/** A byte string as protocol 2 of Python 3 has it. */
function encoded(text: string, encoding: string): Buffer {
  const part = (value: string): string => {
    const bytes = Buffer.from(value)
    return `X${String.fromCharCode(bytes.byteLength)}\0\0\0${bytes.toString('latin1')}`
  }
  return latin(`\x80\x02c_codecs\nencode\n${part(text)}${part(encoding)}\x86R.`)
}

/** A list that would hold the same text as many new byte strings. */
function overAndOver(): Buffer {
  const arguments_ = `X\0\x01\0\0${'a'.repeat(256)}X\x06\0\0\0latin1\x86q\x01`
  return latin(`\x80\x02](c_codecs\nencode\nq\0${arguments_}R${'h\0h\x01R'.repeat(50)}e.`)
}

/** The images that the script has put into its files. */
function images(count: number, salt: number): number[] {
  return Array.from({ length: count * 3072 }, (_, index) => (index * 37 + salt) % 251)
}

test('the files of CIFAR-10’s Python archive are read as Python 2 wrote them, latin-1 names included', () => {
  const { planes, labels } = readPickledImages(genuine('data_batch_1'), 3072, 'labels')
  expect([...labels]).toEqual([6, 9, 4])
  expect([...planes]).toEqual(images(3, 1))
  const whole = readPickle(genuine('data_batch_1'))
  const names: unknown = whole instanceof Map ? whole.get('filenames') : null
  expect(Array.isArray(names) && names.map((name) => Buffer.isBuffer(name) && name.toString('latin1'))).toEqual([
    'leptodactylus_pentadactylus_s_000004.png',
    'camion_s_000148.png',
    'café_s_000001.png',
  ])
  expect([...readPickledImages(genuine('test_batch'), 3072, 'labels').labels]).toEqual([6, 9])
})

test('those of CIFAR-100 have labels of two kinds', () => {
  const bytes = genuine('cifar-100-train')
  expect([...readPickledImages(bytes, 3072, 'fine_labels').labels]).toEqual([19, 29, 0, 11])
  expect([...readPickledImages(bytes, 3072, 'coarse_labels').labels]).toEqual([11, 15, 4, 14])
  expect([...readPickledImages(bytes, 3072, 'fine_labels').planes]).toEqual(images(4, 3))
})

test('an array whose columns lie one after another gives the same images', () => {
  expect([...readPickledImages(genuine('fortran'), 3072, 'labels').planes]).toEqual(images(4, 3))
})

describe('batches that somebody has written again with Python 3', () => {
  const planes = Array.from({ length: 36 }, (_, index) => (index * 37 + 5) % 251)

  test.each(
    ['numpy1', 'numpy2'].flatMap((numpy) =>
      ['bytes-2', 'bytes-3', 'bytes-4', 'bytes-5', 'text-2', 'text-3', 'text-4', 'text-5']
        .concat(['scalars', 'unsigned', 'readonly'])
        .map((name) => `again/${numpy}-${name}`),
    ),
  )('%s', (name) => {
    const read = readPickledImages(genuine(name), 12, 'labels')
    expect([...read.planes]).toEqual(planes)
    expect([...read.labels]).toEqual([6, 9, 300])
  })

  test('byte strings keep their bytes in every protocol', () => {
    for (const protocol of [2, 3, 4, 5]) {
      const whole = readPickle(genuine(`again/numpy2-bytes-${protocol}`))
      expect(whole instanceof Map && whole.get('filenames')).toEqual(
        ['camion_s_000148.png', 'café_s_000001.png', ''].map((name) => Buffer.from(name, 'latin1')),
      )
    }
  })

  test.each([
    ['square', 'a pickle holds images of 2 × 2 × 3 values under “data” and not a row of 12 for each'],
    ['floats', 'something else than whole numbers'],
    ['fraction', 'something else than whole numbers'],
    ['object', 'something else than whole numbers'],
    ['wide', 'no images of 12 bytes under “data”'],
    ['missing', 'no label for each image under “labels”'],
    ['column', 'no label for each image under “labels”'],
    ['set', 'has the operation 0x8f'],
    ['class', 'names builtins.range'],
  ])('those with %s labels or images are refused', (name, sentence) => {
    expect(() => readPickledImages(genuine(`again/numpy2-${name}`), 12, 'labels')).toThrow(
      expect.objectContaining({ name: 'SourceError', message: expect.stringContaining(sentence) }),
    )
  })

  test.each(['bytes-2', 'text-3', 'bytes-4', 'text-5', 'scalars'])('%s cut at any place is refused', (name) => {
    const bytes = genuine(`again/numpy2-${name}`)
    for (let length = 0; length < bytes.byteLength; length++)
      expect(() => readPickle(bytes.subarray(0, length))).toThrow(expect.objectContaining({ name: 'SourceError' }))
  })
})

test('a pickle that would run a program is refused by the program’s name', () => {
  expect(() => readPickle(genuine('evil'))).toThrow(
    "a pickle names posix.system, which the set's files do not, and was refused",
  )
})

test('every operation that the files do not need is refused by its number', () => {
  const needed = new Set(
    [...'.(qrhjNJKMUTXBC}])taesucRb']
      .map((letter) => letter.charCodeAt(0))
      .concat([0x80, 0x85, 0x86, 0x87, 0x88, 0x89, 0x8c, 0x8d, 0x8e, 0x93, 0x94, 0x95, 0x96]),
  )
  for (let operation = 0; operation < 256; operation++) {
    if (needed.has(operation)) continue
    expect(() => readPickle(Buffer.of(0x80, 2, operation, 0x2e))).toThrow(
      `has the operation 0x${operation.toString(16).padStart(2, '0')}`,
    )
  }
})

test.each([
  ['an older protocol', Buffer.of(0x80, 1, 0x4e, 0x2e), 'is of another protocol than 2 to 5'],
  ['a newer protocol', Buffer.of(0x80, 6, 0x4e, 0x2e), 'is of another protocol than 2 to 5'],
  ['an end too early', Buffer.from('\x80\x02}q\x00(U\x04da', 'latin1'), 'ends too early'],
  ['a length below zero', Buffer.from('\x80\x02T\xff\xff\xff\xff.', 'latin1'), 'ends too early'],
  ['nothing on the stack', Buffer.from('\x80\x02.', 'latin1'), 'not put together'],
  ['a list without a mark', Buffer.from('\x80\x02]e.', 'latin1'), 'not put together'],
  ['a memory that was never put', Buffer.from('\x80\x02h\x07.', 'latin1'), 'not put together'],
  ['a list in itself', Buffer.from('\x80\x02]q\x00h\x00a.', 'latin1'), 'not put together'],
  ['the same list over and over', Buffer.from('\x80\x02](]q\x00h\x00h\x00e.', 'latin1'), 'not put together'],
  ['a function as a value', Buffer.from('\x80\x02cnumpy\ndtype\n.', 'latin1'), 'not put together'],
  ['a class that is called', Buffer.from('\x80\x02cnumpy\nndarray\n)R.', 'latin1'), 'not put together'],
  [
    'an array of objects',
    Buffer.from('\x80\x02cnumpy\ndtype\nU\x02O8\x85R.', 'latin1'),
    'something else than whole numbers',
  ],
  ['an array without content', latin('\x80\x02cnumpy._core.multiarray\n_reconstruct\n)R.'), 'not put together'],
  ['a function of another module', latin('\x80\x04\x8c\x02os\x8c\x06system\x93.'), 'names os.system'],
  ['a name that is no text', latin('\x80\x04K\x01K\x02\x93.'), 'not put together'],
  ['a frame longer than the file', latin('\x80\x04\x95\x05\0\0\0\0\0\0\0N.'), 'ends too early'],
  ['a length of eight bytes beyond the file', latin(`\x80\x05\x96${'\xff'.repeat(8)}.`), 'ends too early'],
  ['text in UTF-8 as bytes', encoded('\u00e9', 'utf8'), 'another encoding than latin1'],
  ['text that is no bytes', encoded('\u0101', 'latin1'), 'not put together'],
  ['text that is cut', latin('\x80\x02c_codecs\nencode\nX\x01\0\0\0\xc3X\x06\0\0\0latin1\x86R.'), 'not put together'],
  ['bytes of a length', latin('\x80\x02c__builtin__\nbytes\nK\x09\x85R.'), 'not put together'],
  [
    'numbers without a byte order',
    latin('\x80\x02cnumpy.core.multiarray\nscalar\ncnumpy\ndtype\nU\x02i2\x85RU\x02ab\x86R.'),
    'not put together',
  ],
  ['text that is made bytes over and over', overAndOver(), 'not put together'],
])('%s is refused', (_what, bytes, sentence) => {
  expect(() => readPickle(bytes)).toThrow(
    expect.objectContaining({ name: 'SourceError', message: expect.stringContaining(sentence) }),
  )
})

test('a pickle cut at any place is refused, and never anything else', () => {
  const bytes = genuine('data_batch_1')
  for (let length = 0; length < bytes.byteLength; length += length < 500 ? 1 : 997)
    expect(() => readPickle(bytes.subarray(0, length))).toThrow(expect.objectContaining({ name: 'SourceError' }))
})

test('pickles of other things are told apart', () => {
  expect(() => readPickledImages(genuine('python3'), 3072, 'labels')).toThrow('no label for each image under “labels”')
  expect(() => readPickledImages(genuine('data_batch_1'), 3072, 'fine_labels')).toThrow(
    'no label for each image under “fine_labels”',
  )
  expect(() => readPickledImages(genuine('data_batch_1'), 3071, 'labels')).toThrow('no images of 3071 bytes')
  expect(() => readPickledImages(Buffer.from('\x80\x02]q\x00.', 'latin1'), 3072, 'labels')).toThrow('no dictionary')
})
