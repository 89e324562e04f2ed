import { createHash } from 'node:crypto'
import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import { open } from 'node:fs/promises'
import type { TensorValue } from '../shared/tensorValue.ts'
import { headerLength, layoutOf, lengthBytes, type TensorFile, type TensorRange } from './safetensors.ts'

/** Bytes that are read and hashed at once, about a millisecond's work. */
const partBytes = 1_000_000

/** Tensors of a file, with the sha256 of the whole file. */
export interface ReadTensors extends TensorFile {
  readonly sha256: string
}

/** Reads those tensors of a file that are wanted. */
export type ReadSafetensors = (file: string, wanted: (name: string) => boolean) => Promise<ReadTensors> | ReadTensors

/** A tensor that is being read. */
interface Filling extends Pick<TensorRange, 'begin' | 'end'> {
  readonly bytes: Uint8Array
}

/** Copies what a part of the data has of a tensor. @param from Where the part begins in the data. */
function fill({ begin, end, bytes }: Filling, part: Uint8Array, from: number): void {
  const first = Math.max(begin, from)
  const last = Math.min(end, from + part.length)
  if (first < last) bytes.set(part.subarray(first - from, last - from), first - begin)
}

/** Asks for what comes next in a file: yields an array to fill, and is told how many bytes there were; 0 at the end. */
type Reading<Result> = Generator<Uint8Array, Result, number>

/** Fills an array; less where the file ends. */
function* filled(into: Uint8Array): Reading<Uint8Array> {
  let length = 0
  while (length < into.length) {
    const read = yield into.subarray(length, length + partBytes)
    if (read === 0) break
    length += read
  }
  return into.subarray(0, length)
}

/** @param part What is read of the values at once; overwritten again and again. */
function* tensorsOf(fileBytes: number, wanted: (name: string) => boolean, part: Uint8Array): Reading<TensorFile> {
  const start = yield* filled(new Uint8Array(lengthBytes))
  const header = yield* filled(new Uint8Array(headerLength(start, fileBytes)))
  const { ranges, metadata } = layoutOf(header, fileBytes - lengthBytes - header.length)
  const tensors = new Map<string, TensorValue>()
  const filling = ranges
    .filter(({ name }) => wanted(name))
    .map(({ name, shape, begin, end }): Filling => {
      const bytes = new Uint8Array(end - begin)
      tensors.set(name, { shape, data: new Float32Array(bytes.buffer) })
      return { begin, end, bytes }
    })
  for (let from = 0; ;) {
    const length = yield part
    if (length === 0) return { tensors, metadata }
    for (const one of filling) fill(one, part.subarray(0, length), from)
    from += length
  }
}

/**
 * Reads tensors of a safetensors file, and hashes all of it. It reads a part at a time and gives way to others in
 * between: the main process must not stand still. No more is kept in memory than what is wanted.
 * @param wanted Which tensors are needed; the others are checked and left out. By default all are.
 * @throws SafetensorsError when the header does not describe the file, or the system's own error when it cannot be read.
 */
export async function readSafetensors(
  file: string,
  wanted: (name: string) => boolean = () => true,
): Promise<ReadTensors> {
  await using handle = await open(file)
  const hash = createHash('sha256')
  const reading = tensorsOf((await handle.stat()).size, wanted, new Uint8Array(partBytes))
  let asked = reading.next()
  while (asked.done !== true) {
    const { bytesRead } = await handle.read(asked.value, 0, asked.value.length)
    hash.update(asked.value.subarray(0, bytesRead))
    asked = reading.next(bytesRead)
  }
  return { ...asked.value, sha256: hash.digest('hex') }
}

/** Where parts are read while nobody else can be reading. */
const room = new Uint8Array(partBytes)

/**
 * The same without giving way, where nobody else is waiting: each time a thread gives way, one of a training run may
 * keep the processor for some milliseconds.
 * @throws as `readSafetensors` does.
 */
export function readSafetensorsAtOnce(file: string, wanted: (name: string) => boolean): ReadTensors {
  const descriptor = openSync(file, 'r')
  try {
    const hash = createHash('sha256')
    const reading = tensorsOf(fstatSync(descriptor).size, wanted, room)
    let asked = reading.next()
    while (asked.done !== true) {
      const bytesRead = readSync(descriptor, asked.value, 0, asked.value.length, null)
      hash.update(asked.value.subarray(0, bytesRead))
      asked = reading.next(bytesRead)
    }
    return { ...asked.value, sha256: hash.digest('hex') }
  } finally {
    closeSync(descriptor)
  }
}
