import type { MessagePort } from 'node:worker_threads'

/** One of the files that hold the images of a form, in order. */
export interface ImageFile {
  readonly path: string
  readonly images: number
}

/** The data that the reading thread is started with. */
export interface ReaderOrder {
  /** Images are numbered consecutively across the files. */
  readonly files: readonly ImageFile[]
  readonly imageBytes: number
  /** Shared int32 `[2]`: see `requests` and `stop`. */
  readonly signals: SharedArrayBuffer
  /** Carries requests to the thread, and error messages back. */
  readonly port: MessagePort
}

/** Index in `signals` of the number of requests sent so far; a change wakes the thread. */
export const requests = 0
/** Index in `signals` of the flag that tells the thread to end. */
export const stop = 1

/** A request to read images. */
export interface ReadRequest {
  /** Indices of the images in the files. */
  readonly images: Uint32Array
  /** Destination of the images, from byte `offset` on. */
  readonly shared: SharedArrayBuffer
  readonly offset: number
  /** Shared int32. At `state`: the state of this request. At `closed`: 1 once nobody waits for any request. */
  readonly states: SharedArrayBuffer
  readonly state: number
  readonly closed: number
}

/** States of a request. */
export const pending = 0
export const read = 1
export const failed = 2
