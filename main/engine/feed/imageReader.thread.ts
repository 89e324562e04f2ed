import { openSync, readSync } from 'node:fs'
import { parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads'
import { failed, read, requests, stop, type ReaderOrder, type ReadRequest } from './readRequests.ts'

// The entry of a worker thread that reads images into shared memory while another thread computes. Neither thread runs
// its event loop during a step, so they signal each other through shared memory.

const { files, imageBytes, signals, port }: ReaderOrder = workerData
const control = new Int32Array(signals)
const handles = files.map(({ path, images }) => ({ images, handle: openSync(path, 'r') }))

/** Reads consecutive images of one file. */
function readRun(image: number, into: Uint8Array): void {
  let first = image
  for (const { images, handle } of handles) {
    if (first < images) {
      const taken = readSync(handle, into, 0, into.length, first * imageBytes)
      if (taken !== into.length) throw new Error(`image ${image} is cut short`)
      return
    }
    first -= images
  }
  throw new Error(`there is no image ${image}`)
}

/** Whether image `index` of a request directly follows the one before it in the same file. */
function followsOn(images: Uint32Array, index: number): boolean {
  return images[index] === images[index - 1] + 1 && images[index] !== files[0].images
}

function serve({ images, shared, offset }: ReadRequest): void {
  const into = new Uint8Array(shared)
  for (let first = 0; first < images.length;) {
    let next = first + 1
    while (next < images.length && followsOn(images, next)) next += 1
    readRun(images[first], into.subarray(offset + first * imageBytes, offset + next * imageBytes))
    first = next
  }
}

parentPort?.postMessage('ready')
for (let seen = 0; Atomics.load(control, stop) === 0; seen = Atomics.load(control, requests)) {
  for (let message = receiveMessageOnPort(port); message !== undefined; message = receiveMessageOnPort(port)) {
    const request: ReadRequest = message.message
    const states = new Int32Array(request.states)
    // Requests of a closed sequence are skipped.
    if (Atomics.load(states, request.closed) === 0) {
      let state = read
      try {
        serve(request)
      } catch (thrown) {
        state = failed
        port.postMessage(thrown instanceof Error ? thrown.message : String(thrown))
      }
      Atomics.store(states, request.state, state)
      Atomics.notify(states, request.state)
    }
  }
  Atomics.wait(control, requests, seen)
}
port.close()
