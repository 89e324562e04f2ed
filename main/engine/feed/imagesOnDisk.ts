import { once } from 'node:events'
import { MessageChannel, receiveMessageOnPort, Worker, type MessagePort } from 'node:worker_threads'
import { quoted, type Phrase } from '../../../core/words/phrases.ts'
import type { ImageOrder, ImageSequence, ImageSource } from './imageSource.ts'
import { failed, pending, requests, stop, type ImageFile, type ReaderOrder, type ReadRequest } from './readRequests.ts'
import { threadFile } from '../../files/threadFile.ts'

/**
 * Images per read request. Few, so that the first images of a sequence arrive soon; a request costs little compared
 * with reading them.
 */
const pieceImages = 64

/**
 * Limits on what a sequence reads ahead, in bytes and in pieces. There are always at least two pieces: one in use and
 * one being read.
 */
const aheadBytes = 64e6
const aheadPieces = 64

export interface ImagesOnDiskOptions {
  readonly files: readonly ImageFile[]
  readonly imageBytes: number
  /** Index in the files for each image of the source. */
  readonly numbers: Uint32Array
  /** Throws the error that reports an image which cannot be read. */
  readonly refuse: (detail: Phrase) => never
}

/**
 * Images read from their files when needed. A worker thread reads those of the next steps while this thread waits for
 * TensorFlow. A sequence takes 64 MB at most, whatever the size of the set.
 * @throws what `refuse` throws when a file cannot be opened.
 */
export async function imagesOnDisk(options: ImagesOnDiskOptions): Promise<ImageSource> {
  const { files, imageBytes, refuse } = options
  const { port1, port2 } = new MessageChannel()
  const signals = new SharedArrayBuffer(2 * Int32Array.BYTES_PER_ELEMENT)
  const workerData: ReaderOrder = { files, imageBytes, signals, port: port2 }
  const worker = new Worker(threadFile(import.meta.url, './imageReader.thread.ts'), {
    workerData,
    transferList: [port2],
  })
  // Neither of them keeps an otherwise idle process alive.
  worker.unref()
  port1.unref()
  await once(worker, 'message').catch((thrown: unknown) =>
    refuse(quoted(thrown instanceof Error ? thrown.message : String(thrown))),
  )
  const control = new Int32Array(signals)
  const wake = (): void => {
    Atomics.add(control, requests, 1)
    Atomics.notify(control, requests)
  }
  return {
    sequence: (order) => new ReadAhead(options, order, port1, wake),
    close: async () => {
      const ended = once(worker, 'exit')
      Atomics.store(control, stop, 1)
      wake()
      worker.ref()
      await ended
      port1.close()
    },
  }
}

/** A ring of pieces in shared memory: while one piece is in use, the following ones are read. */
class ReadAhead implements ImageSequence {
  readonly images: Uint8Array
  readonly #options: ImagesOnDiskOptions
  readonly #order: ImageOrder
  readonly #port: MessagePort
  readonly #wake: () => void
  readonly #shared: SharedArrayBuffer
  /** State of the piece in each slot of the ring, followed by a flag that is set when the sequence is closed. */
  readonly #states: Int32Array<SharedArrayBuffer>
  /** Indices of the images in each slot of the ring. */
  readonly #announced: Uint32Array[]
  #next = 0

  constructor(options: ImagesOnDiskOptions, order: ImageOrder, port: MessagePort, wake: () => void) {
    const pieces = Math.min(aheadPieces, Math.max(2, Math.floor(aheadBytes / (pieceImages * options.imageBytes))))
    this.#options = options
    this.#order = order
    this.#port = port
    this.#wake = wake
    this.#shared = new SharedArrayBuffer(pieces * pieceImages * options.imageBytes)
    this.images = new Uint8Array(this.#shared)
    this.#states = new Int32Array(new SharedArrayBuffer((pieces + 1) * Int32Array.BYTES_PER_ELEMENT))
    this.#announced = Array.from({ length: pieces }, () => new Uint32Array())
    for (let piece = 0; piece < pieces; piece += 1) this.#ask(piece)
  }

  placeOf(image: number): number {
    const piece = Math.floor(this.#next / pieceImages)
    const within = this.#next % pieceImages
    const place = piece % this.#announced.length
    if (within === 0) {
      // The piece before has been used, so its slot is free.
      if (piece > 0) this.#ask(piece - 1 + this.#announced.length)
      this.#waitFor(place)
    }
    if (this.#announced[place][within] !== image)
      throw new Error(`image ${image} was not announced as number ${this.#next} of its sequence`)
    this.#next += 1
    return place * pieceImages + within
  }

  close(): void {
    Atomics.store(this.#states, this.#announced.length, 1)
  }

  #ask(piece: number): void {
    const place = piece % this.#announced.length
    const announced = this.#order(piece * pieceImages, pieceImages)
    this.#announced[place] = announced
    if (announced.length === 0) return
    Atomics.store(this.#states, place, pending)
    const request: ReadRequest = {
      images: announced.map((image) => this.#options.numbers[image]),
      shared: this.#shared,
      offset: place * pieceImages * this.#options.imageBytes,
      states: this.#states.buffer,
      state: place,
      closed: this.#announced.length,
    }
    this.#port.postMessage(request)
    this.#wake()
  }

  #waitFor(place: number): void {
    if (this.#announced[place].length === 0) return
    // Blocks the thread, as a step in TensorFlow does. A piece takes milliseconds, and most are there already.
    while (Atomics.load(this.#states, place) === pending) Atomics.wait(this.#states, place, pending)
    if (Atomics.load(this.#states, place) === failed) this.#options.refuse(this.#said())
  }
  /** Why the thread could not read. */
  #said(): Phrase {
    const why: Phrase = receiveMessageOnPort(this.#port)?.message
    return why
  }
}
