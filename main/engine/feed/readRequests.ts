import type { MessagePort } from 'node:worker_threads'

/** One of the files that hold a form's images, one after the other. */
export interface ImageFile {
  readonly path: string
  readonly images: number
}

/** What the reading thread is started with. */
export interface ReaderOrder {
  /** Their images are numbered through. */
  readonly files: readonly ImageFile[]
  readonly imageBytes: number
  /** Shared int32 `[2]`: see `requests` and `stop`. */
  readonly signals: SharedArrayBuffer
  /** Brings requests, and takes back why one failed. */
  readonly port: MessagePort
}

/** Place of the number of requests sent so far; it wakes the thread. */
export const requests = 0
/** Place of what is 1 once the thread shall end. */
export const stop = 1

/** Images to be read. */
export interface ReadRequest {
  /** Numbers in the files. */
  readonly images: Uint32Array
  /** Where they go, from byte `offset` on. */
  readonly shared: SharedArrayBuffer
  readonly offset: number
  /** Shared int32: at `state` what became of the request, at `closed` 1 once nobody waits for any. */
  readonly states: SharedArrayBuffer
  readonly state: number
  readonly closed: number
}

/** What becomes of a request. */
export const pending = 0
export const read = 1
export const failed = 2
