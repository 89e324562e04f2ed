import { readFileSync } from 'node:fs'
import { deflateSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { SourceError } from '../../../../main/datasets/definition.ts'
import { readMatlabArray } from '../../../../main/datasets/formats/matlabArray.ts'
import { genuineFiles } from '../sets/genuine.ts'

const annotations = [...genuineFiles('caltech-101')].filter(([name]) => name.endsWith('.mat'))
const genuine = readFileSync(annotations[0][1])

test('the boxes of genuine annotations are read, with one and with two bytes a number', () => {
  const boxes = Object.fromEntries(
    annotations.map(([name, file]) => [
      name.replace('caltech-101/Annotations/', ''),
      readMatlabArray(readFileSync(file), 'box_coord'),
    ]),
  )
  expect(boxes).toMatchObject({
    'brain/annotation_0001.mat': [25, 197, 40, 252],
    'brain/annotation_0004.mat': [12, 238, 19, 284],
    'dolphin/annotation_0003.mat': [49, 161, 80, 230],
  })
})

test('the outline after the box is read too, as numbers of eight bytes', () => {
  const outline = readMatlabArray(genuine, 'obj_contour')
  expect(outline.length % 2).toBe(0)
  expect(outline.every((one) => Number.isFinite(one))).toBe(true)
})

/** A file with one compressed array of bytes, as MATLAB writes it. */
function matlabFile(contents: Buffer): Buffer {
  const data = deflateSync(contents)
  const tag = Buffer.alloc(8)
  tag.writeUInt32LE(15, 0)
  tag.writeUInt32LE(data.length, 4)
  return Buffer.concat([genuine.subarray(0, 128), tag, data])
}

test('what is no such file, breaks off or has no such array is refused', () => {
  expect(() => readMatlabArray(Buffer.from('<html>not found</html>'), 'box_coord')).toThrow('no MATLAB 5 file')
  expect(() => readMatlabArray(genuine.subarray(0, 150), 'box_coord')).toThrow('breaks off')
  expect(() => readMatlabArray(genuine, 'box')).toThrow('has no box')
  const damaged = Buffer.from(genuine)
  damaged.fill(0xff, 140, 160)
  expect(() => readMatlabArray(damaged, 'box_coord')).toThrow(SourceError)
})

test('an array that would unpack to a hundred times the size of any annotation is refused', () => {
  expect(() => readMatlabArray(matlabFile(Buffer.alloc(100 << 20)), 'box_coord')).toThrow('damaged')
})
