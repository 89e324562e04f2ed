import { constants } from 'node:fs'
import { lstat, open } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'
import { refuse } from '../../../core/words/problems.ts'
import type { DatasetDefinition } from '../definition.ts'
import { byteRange } from './byteRange.ts'
import { localNetwork, ownAddresses } from './localNetwork.ts'
import { mirroredNames } from './mirrorLayout.ts'

export interface MirrorOptions {
  /** The folder that is served, in the layout of a mirror. */
  readonly folder: string
  /** The sets whose files are served, unless they may not be passed on. */
  readonly definitions: readonly DatasetDefinition[]
  /** Address of this computer to listen on; `0.0.0.0` for all. */
  readonly host: string
  /** 0 for any free port. */
  readonly port: number
  /** Called for each requested file with its name in the mirror. */
  readonly onRequest: (name: string) => void
}

/** A file that a mirror has. */
export interface OfferedFile {
  readonly name: string
  readonly bytes: number
}

/**
 * Serves the files of a mirror over HTTP, read-only and only to the local network. It serves a fixed list of names;
 * nothing else in the folder or outside it can be requested.
 */
export class MirrorServer {
  readonly #folder: string
  readonly #names: ReadonlySet<string>
  readonly #onRequest: (name: string) => void
  readonly #local = localNetwork()
  readonly #server: Server
  readonly #host: string
  #port = 0

  private constructor({ folder, definitions, host, onRequest }: MirrorOptions) {
    this.#folder = folder
    this.#names = new Set(mirroredNames(definitions))
    this.#onRequest = onRequest
    this.#host = host
    this.#server = createServer((request, response) => {
      // A client that disconnects early is not an error.
      this.#respond(request, response).catch(() => response.destroy())
    })
  }

  /** @throws LabError `port-in-use` or `mirror-not-opened`. */
  static async open(options: MirrorOptions): Promise<MirrorServer> {
    const mirror = new MirrorServer(options)
    await new Promise<void>((resolve, reject) => {
      mirror.#server.once('error', reject)
      mirror.#server.listen(options.port, options.host, resolve)
    }).catch((thrown: unknown) => {
      const code = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : String(thrown)
      if (code === 'EADDRINUSE') refuse('port-in-use', { port: options.port })
      refuse('mirror-not-opened', { host: options.host, port: options.port, detail: code }, { cause: thrown })
    })
    const address = mirror.#server.address()
    if (address !== null && typeof address !== 'string') mirror.#port = address.port
    return mirror
  }

  /** The addresses that people enter on other computers. */
  get addresses(): string[] {
    const hosts = this.#host === '0.0.0.0' || this.#host === '::' ? ownAddresses() : [this.#host]
    return hosts.map((host) => `http://${host.includes(':') ? `[${host}]` : host}:${this.#port}`)
  }

  /** The files that exist now. */
  async files(): Promise<OfferedFile[]> {
    const found = await Promise.all([...this.#names].map(async (name) => ({ name, bytes: await this.#bytesOf(name) })))
    return found.flatMap(({ name, bytes }) => (bytes === null ? [] : [{ name, bytes }]))
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections()
    await new Promise((resolve) => this.#server.close(resolve))
  }

  #file(name: string): string {
    return path.join(this.#folder, ...name.split('/'))
  }

  /** Null for a missing file and for links, wherever they lead. */
  async #bytesOf(name: string): Promise<number | null> {
    const found = await lstat(this.#file(name)).catch(() => null)
    return found?.isFile() === true ? found.size : null
  }

  async #respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
    response.setHeader('x-content-type-options', 'nosniff')
    if (!this.#local.has(request.socket.remoteAddress ?? ''))
      return say(response, 403, 'This mirror serves its own local network only.')
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.setHeader('allow', 'GET, HEAD')
      return say(response, 405, 'This mirror can only be read.')
    }
    const name = nameIn(request.url ?? '/')
    if (name === '') return this.#list(response)
    if (name === null || !this.#names.has(name) || (await this.#bytesOf(name)) === null)
      return say(response, 404, 'The mirror has no such file. What it has is listed at /.')
    this.#onRequest(name)
    await this.#send(name, request, response)
  }

  async #send(name: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const handle = await open(this.#file(name), constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0))
    try {
      const { size, mtime, mtimeMs } = await handle.stat()
      const etag = `"${size.toString(16)}-${Math.round(mtimeMs).toString(16)}"`
      const changed = mtime.toUTCString()
      const condition = request.headers['if-range']
      const range =
        condition === undefined || condition === etag || condition === changed
          ? byteRange(request.headers.range, size)
          : 'whole'
      const headers = {
        'accept-ranges': 'bytes',
        etag,
        'last-modified': changed,
        'content-type': 'application/octet-stream',
      }
      if (range === null) return void response.writeHead(416, { ...headers, 'content-range': `bytes */${size}` }).end()
      const { first, last } = range === 'whole' ? { first: 0, last: size - 1 } : range
      const part = range === 'whole' ? {} : { 'content-range': `bytes ${first}-${last}/${size}` }
      response.writeHead(range === 'whole' ? 200 : 206, { ...headers, ...part, 'content-length': last - first + 1 })
      if (request.method === 'HEAD' || size === 0) return void response.end()
      await pipeline(
        handle.createReadStream({ start: first, end: last, autoClose: false, highWaterMark: 1 << 18 }),
        response,
      )
    } finally {
      await handle.close()
    }
  }

  async #list(response: ServerResponse): Promise<void> {
    const rows = (await this.files()).map(
      ({ name, bytes }) =>
        `<tr><td><a href="/${name.split('/').map(encodeURIComponent).join('/')}">${escaped(name)}</a></td><td>${bytes}</td></tr>`,
    )
    const page = `<!DOCTYPE html><html lang="en"><meta charset="utf-8"><title>Conv Lab mirror</title><h1>Conv Lab mirror</h1>
<p>Enter the address of this page as the mirror on the Data page of Conv Lab.</p><table><tr><th>File</th><th>Bytes</th></tr>${rows.join('\n')}</table></html>\n`
    response
      .writeHead(200, {
        'content-type': 'text/html; charset=utf-8',
        'content-security-policy': "default-src 'none'",
        'cache-control': 'no-store',
      })
      .end(page)
  }
}

/** The name of the file that an address asks for; null for an invalid address. */
function nameIn(address: string): string | null {
  try {
    return decodeURIComponent(new URL(address, 'http://mirror').pathname).slice(1)
  } catch {
    return null
  }
}

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`)
}

function say(response: ServerResponse, status: number, sentence: string): void {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' }).end(`${sentence}\n`)
}
