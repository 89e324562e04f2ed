import { openSync, readSync } from 'node:fs'
import { parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads'
import type { Phrase } from '../../../core/words/phrases.ts'
import { failed, read, requests, stop, type ReaderOrder, type ReadRequest } from './readRequests.ts'

// The entry of a worker thread that reads images into shared memory while another thread computes. Neither thread runs
// its event loop during a step, so they signal each other through shared memory.

const { files, imageBytes, signals, port }: ReaderOrder = workerData
const control = new Int32Array(signals)
const handles = files.map(({ path, images }) => ({ images, handle: openSync(path, 'r') }))

/** Reads consecutive images of one file. Returns why it cannot, or null. */
function readRun(image: number, into: Uint8Array): Phrase | null {
  let first = image
  for (const { images, handle } of handles) {
    if (first < images) {
      const taken = readSync(handle, into, 0, into.length, first * imageBytes)
      return taken === into.length ? null : { phrase: 'image-cut-short', parameters: { image } }
    }
    first -= images
  }
  return { phrase: 'image-absent', parameters: { image } }
}

/** Whether image `index` of a request directly follows the one before it in the same file. */
function followsOn(images: Uint32Array, index: number): boolean {
  return images[index] === images[index - 1] + 1 && images[index] !== files[0].images
}

/** Reads what a request asks for. Returns why it cannot, or null. */
function serve({ images, shared, offset }: ReadRequest): Phrase | null {
  const into = new Uint8Array(shared)
  for (let first = 0; first < images.length;) {
    let next = first + 1
    while (next < images.length && followsOn(images, next)) next += 1
    const why = readRun(images[first], into.subarray(offset + first * imageBytes, offset + next * imageBytes))
    if (why !== null) return why
    first = next
  }
  return null
}

/** As `serve`; an error of the system is quoted. */
function served(request: ReadRequest): Phrase | null {
  try {
    return serve(request)
  } catch (thrown) {
    return { phrase: 'quoted', parameters: { text: thrown instanceof Error ? thrown.message : String(thrown) } }
  }
}

parentPort?.postMessage('ready')
for (let seen = 0; Atomics.load(control, stop) === 0; seen = Atomics.load(control, requests)) {
  for (let message = receiveMessageOnPort(port); message !== undefined; message = receiveMessageOnPort(port)) {
    const request: ReadRequest = message.message
    const states = new Int32Array(request.states)
    // Requests of a closed sequence are skipped.
    if (Atomics.load(states, request.closed) === 0) {
      const why = served(request)
      if (why !== null) port.postMessage(why)
      Atomics.store(states, request.state, why === null ? read : failed)
      Atomics.notify(states, request.state)
    }
  }
  Atomics.wait(control, requests, seen)
}
port.close()
