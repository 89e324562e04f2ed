import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { readPickle } from '../../../../main/datasets/formats/pickle.ts'
import { readPickledImages } from '../../../../main/datasets/formats/pickledImages.ts'

function genuine(name: string): Buffer {
  return readFileSync(path.resolve('test/data/pickles', name))
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

test('a pickle that would run a program is refused by the program’s name', () => {
  expect(() => readPickle(genuine('evil'))).toThrow(
    "a pickle names posix.system, which the set's files do not, and was refused",
  )
})

test('every operation that the files do not need is refused by its number', () => {
  const needed = new Set(
    [...'.(qrhjNJKMUT}])taesucRb'].map((letter) => letter.charCodeAt(0)).concat([0x80, 0x85, 0x86, 0x87, 0x88, 0x89]),
  )
  for (let operation = 0; operation < 256; operation++) {
    if (needed.has(operation)) continue
    expect(() => readPickle(Buffer.of(0x80, 2, operation, 0x2e))).toThrow(
      `has the operation 0x${operation.toString(16).padStart(2, '0')}`,
    )
  }
})

test.each([
  ['another protocol', Buffer.of(0x80, 4, 0x4e, 0x2e), 'is of another protocol than 2'],
  ['an end too early', Buffer.from('\x80\x02}q\x00(U\x04da', 'latin1'), 'ends too early'],
  ['a length below zero', Buffer.from('\x80\x02T\xff\xff\xff\xff.', 'latin1'), 'ends too early'],
  ['nothing on the stack', Buffer.from('\x80\x02.', 'latin1'), 'not put together'],
  ['a list without a mark', Buffer.from('\x80\x02]e.', 'latin1'), 'not put together'],
  ['a memory that was never put', Buffer.from('\x80\x02h\x07.', 'latin1'), 'not put together'],
  ['a list in itself', Buffer.from('\x80\x02]q\x00h\x00a.', 'latin1'), 'not put together'],
  ['the same list over and over', Buffer.from('\x80\x02](]q\x00h\x00h\x00e.', 'latin1'), 'not put together'],
  ['a function as a value', Buffer.from('\x80\x02cnumpy\ndtype\n.', 'latin1'), 'not put together'],
  ['a class that is called', Buffer.from('\x80\x02cnumpy\nndarray\n)R.', 'latin1'), 'not put together'],
  ['an array of objects', Buffer.from('\x80\x02cnumpy\ndtype\nU\x02O8\x85R.', 'latin1'), 'something else than bytes'],
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
  expect(() => readPickledImages(genuine('python3'), 3072, 'labels')).toThrow('is of another protocol than 2')
  expect(() => readPickledImages(genuine('data_batch_1'), 3072, 'fine_labels')).toThrow(
    'no label for each image under “fine_labels”',
  )
  expect(() => readPickledImages(genuine('data_batch_1'), 3071, 'labels')).toThrow('no images of 3071 bytes')
  expect(() => readPickledImages(Buffer.from('\x80\x02]q\x00.', 'latin1'), 3072, 'labels')).toThrow('no dictionary')
})
