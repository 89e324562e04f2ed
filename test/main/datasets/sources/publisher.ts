import { createServer } from 'node:http'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'

/** What the server does with a request for a path. */
export type Behaviour = (response: ServerResponse, request: IncomingMessage) => void

export const serves =
  (body: Uint8Array, headers: Record<string, string> = {}): Behaviour =>
  (response) =>
    void response
      .writeHead(200, { 'content-type': 'application/octet-stream', 'content-length': body.byteLength, ...headers })
      .end(body)

export const isMissing: Behaviour = (response) =>
  void response.writeHead(404, { 'content-type': 'text/html' }).end('<h1>Not found</h1>')

export const showsAPage: Behaviour = (response) =>
  void response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end('<h1>Log in to this network</h1>')

export const neverAnswers: Behaviour = () => undefined

/** Announces the whole, sends a half and breaks the connection. */
export const breaksOff =
  (body: Uint8Array): Behaviour =>
  (response) =>
    void response
      .writeHead(200, { 'content-length': body.byteLength })
      .write(body.subarray(0, body.byteLength / 2), () => response.destroy())

/** Announces the whole, sends a half and falls silent. */
export const fallsSilent =
  (body: Uint8Array): Behaviour =>
  (response) =>
    void response.writeHead(200, { 'content-length': body.byteLength }).write(body.subarray(0, body.byteLength / 2))

export const redirectsTo =
  (location: string): Behaviour =>
  (response) =>
    void response.writeHead(302, { location }).end()

export interface Ranged {
  /** What the server says of the file's state; changes with the file. */
  readonly etag?: string
  readonly lastModified?: string
  /** Breaks the connection after so many bytes of the body; null: it holds. */
  readonly breakAfter?: number | null
}

/**
 * Serves a file as a good server does: with `Range` and `If-Range`.
 * @param how asked anew for each request, with the bytes that are asked for.
 */
export const servesRanges =
  (body: Uint8Array, how: (asked: { first: number; left: number }) => Ranged = () => ({ etag: '"1"' })): Behaviour =>
  (response, request) => {
    const match = /^bytes=(\d+)-$/.exec(request.headers.range ?? '')
    const first = match === null ? 0 : Number(match[1])
    const { etag, lastModified, breakAfter = null } = how({ first, left: body.byteLength - first })
    const state = {
      ...(etag === undefined ? {} : { etag }),
      ...(lastModified === undefined ? {} : { 'last-modified': lastModified }),
    }
    const condition = request.headers['if-range']
    const part = match !== null && (condition === undefined || condition === etag || condition === lastModified)
    if (part && first >= body.byteLength)
      return void response.writeHead(416, { 'content-range': `bytes */${body.byteLength}` }).end()
    const bytes = part ? body.subarray(first) : body
    const headers = {
      ...state,
      'content-type': 'application/octet-stream',
      'accept-ranges': 'bytes',
      'content-length': bytes.byteLength,
    }
    response.writeHead(
      part ? 206 : 200,
      part ? { ...headers, 'content-range': `bytes ${first}-${body.byteLength - 1}/${body.byteLength}` } : headers,
    )
    if (breakAfter === null || breakAfter >= bytes.byteLength) response.end(bytes)
    else response.write(bytes.subarray(0, breakAfter), () => response.destroy())
  }

/** Behaves by turns; the last behaviour stays. */
export function inTurn(...behaviours: readonly Behaviour[]): Behaviour {
  let turn = 0
  return (response, request) => behaviours[Math.min(turn++, behaviours.length - 1)](response, request)
}

export const answers =
  (status: number, headers: Record<string, string> = {}): Behaviour =>
  (response) =>
    void response.writeHead(status, headers).end()

/** A publisher's server on the loopback interface. */
export class Publisher {
  readonly requests: string[] = []
  /** `Range` of each request; null where it has none. */
  readonly ranges: (string | null)[] = []
  readonly #behaviours = new Map<string, Behaviour>()
  readonly #server: Server

  constructor() {
    this.#server = createServer((request, response) => {
      const path = request.url ?? '/'
      this.requests.push(path)
      this.ranges.push(request.headers.range ?? null)
      const behaviour = this.#behaviours.get(path) ?? isMissing
      behaviour(response, request)
    })
  }

  async open(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve))
  }

  /** Makes a path behave so from now on; returns its address. */
  at(path: string, behaviour: Behaviour): string {
    this.#behaviours.set(path, behaviour)
    const address = this.#server.address()
    if (address === null || typeof address === 'string') throw new Error('the server is not open')
    return `http://127.0.0.1:${address.port}${path}`
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections()
    await new Promise((resolve) => this.#server.close(resolve))
  }
}
