import { timingSafeEqual } from 'node:crypto'
import { createServer } from 'node:http'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import { readClassCode } from '../../../core/mirror/classCode.ts'
import { offerName, type MirrorOffer } from '../../../core/mirror/mirrorOffer.ts'
import { acceptedLanguage, Language } from '../../../core/words/language.ts'
import { refuse } from '../../../core/words/problems.ts'
import type { DatasetDefinition } from '../definition.ts'
import { codeRefusalHeader } from './codeRefusal.ts'
import { localNetwork, ownAddresses } from '../../platform/localNetwork.ts'
import { MirrorFolder, type OfferedFile } from './mirrorFolder.ts'
import { classPage, systemOfBrowser } from './page/classPage.ts'
import { codePage, type CodeRefusal } from './page/codePage.ts'
import { pagePolicy } from './page/style.ts'
import { sendFile } from './sendFile.ts'
import { WrongCodes } from './wrongCodes.ts'

export interface MirrorOptions {
  /** The folder that is served, in the layout of a mirror. */
  readonly folder: string
  /** The sets whose files are served, unless they may not be passed on. */
  readonly definitions: readonly DatasetDefinition[]
  /** Address of this computer to listen on; `0.0.0.0` for all. */
  readonly host: string
  /** 0 for any free port. */
  readonly port: number
  /** What everybody must know who takes something, as the first part of each address; null: everybody may. */
  readonly code: string | null
  /** Called for each requested file with its name in the mirror. */
  readonly onRequest: (name: string) => void
}

/** A request, as far as it is understood. */
interface Visit {
  readonly request: IncomingMessage
  readonly response: ServerResponse
  readonly url: URL
  /** The path without its first slash. */
  readonly path: string
  readonly language: Language
  /** The address of who asks. */
  readonly from: string
}

/**
 * Serves what a mirror has over HTTP, read-only and only to the local network: a page for people, and files by a fixed
 * list of names. Nothing else in the folder or outside it can be requested.
 */
export class MirrorServer {
  readonly #folder: MirrorFolder
  readonly #code: string | null
  readonly #onRequest: (name: string) => void
  readonly #local = localNetwork()
  readonly #wrong = new WrongCodes()
  readonly #server: Server
  readonly #host: string
  #port = 0

  private constructor({ folder, definitions, host, code, onRequest }: MirrorOptions) {
    this.#folder = new MirrorFolder(folder, definitions)
    this.#code = code
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

  /** The addresses of the page, which people open on other computers. */
  get pages(): string[] {
    const hosts = this.#host === '0.0.0.0' || this.#host === '::' ? ownAddresses() : [this.#host]
    return hosts.map((host) => this.#addressOf(host))
  }

  /** The addresses that programs take as their mirror: those of the page, with the code. */
  get addresses(): string[] {
    return this.pages.map((page) => (this.#code === null ? page : `${page}/${this.#code}`))
  }

  /** The files of data sets that exist now. */
  files(): Promise<OfferedFile[]> {
    return this.#folder.setFiles()
  }

  /** The files of `templates` that no program of Conv Lab can take. */
  uselessTemplates(): Promise<string[]> {
    return this.#folder.uselessTemplates()
  }

  /**
   * What the mirror has now.
   * @param onArchive called before an archive is read for its sum
   */
  offer(onArchive?: (file: string, bytes: number) => void): Promise<MirrorOffer> {
    return this.#folder.offer(onArchive)
  }

  /**
   * Writes what the mirror has now into its folder.
   * @throws LabError `disk-full` or `write-failed`.
   */
  writeOffer(): Promise<void> {
    return this.#folder.writeOffer()
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections()
    await new Promise((resolve) => this.#server.close(resolve))
  }

  #addressOf(host: string): string {
    return `http://${host.includes(':') ? `[${host}]` : host}:${this.#port}`
  }

  async #respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
    response.setHeader('x-content-type-options', 'nosniff')
    response.setHeader('referrer-policy', 'no-referrer')
    const from = request.socket.remoteAddress ?? ''
    if (!this.#local.has(from)) return say(response, 403, 'This mirror serves its own local network only.')
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.setHeader('allow', 'GET, HEAD')
      return say(response, 405, 'This mirror can only be read.')
    }
    const asked = addressIn(request.url ?? '/')
    if (asked === null) return notHere(response)
    const language =
      Language.safeParse(asked.url.searchParams.get('lang')).data ??
      acceptedLanguage(request.headers['accept-language'])
    const visit = { request, response, ...asked, language, from }
    return this.#code === null ? this.#serve(visit, asked.path) : this.#admit(visit, this.#code)
  }

  /** Serves who knows the code, and asks others for it. */
  async #admit(visit: Visit, code: string): Promise<void> {
    const { response, url, path, language, from } = visit
    const waitSeconds = this.#wrong.wait(from)
    if (waitSeconds !== null) {
      response.setHeader('retry-after', waitSeconds)
      return refuseCode(visit, 429, { waitSeconds })
    }
    if (path === '') return page(response, 200, codePage(language, null))
    const slash = path.indexOf('/')
    const entering = path === 'enter'
    const typed = entering ? (url.searchParams.get('code') ?? '') : slash < 0 ? path : path.slice(0, slash)
    const given = readClassCode(typed)
    if (given === null || !timingSafeEqual(Buffer.from(given), Buffer.from(code))) {
      // What can be no code is no try at one, such as the icon that browsers ask for.
      if (given !== null) this.#wrong.note(from)
      return refuseCode(visit, 403, 'wrong')
    }
    if (entering || slash < 0) {
      response.writeHead(303, { location: `/${code}/?lang=${language}`, 'cache-control': 'no-store' }).end()
      return
    }
    await this.#serve(visit, path.slice(slash + 1))
  }

  async #serve({ request, response, language }: Visit, name: string): Promise<void> {
    if (name === '') {
      const system = systemOfBrowser(request.headers['user-agent'] ?? '')
      const address = this.#reached(request)
      const offer = await this.#folder.offer()
      return page(response, 200, classPage({ language, address, code: this.#code, system, offer }))
    }
    if (name === offerName) {
      this.#onRequest(name)
      response.writeHead(200, { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' })
      response.end(JSON.stringify(await this.#folder.offer()))
      return
    }
    if (!(await this.#folder.has(name))) return notHere(response)
    this.#onRequest(name)
    await sendFile(this.#folder.pathOf(name), request, response)
  }

  /** The address by which others reach what somebody has reached; not the loopback, under which others do not. */
  #reached({ socket }: IncomingMessage): string {
    const local = (socket.localAddress ?? '').replace(/^::ffff:(?=\d+\.)/i, '')
    return this.pages.find((one) => one === this.#addressOf(local)) ?? this.pages[0] ?? this.#addressOf(this.#host)
  }
}

/** An address as it was asked for; null for an invalid one. */
function addressIn(asked: string): Pick<Visit, 'url' | 'path'> | null {
  try {
    const url = new URL(asked, 'http://mirror')
    return { url, path: decodeURIComponent(url.pathname).slice(1) }
  } catch {
    return null
  }
}

function page(response: ServerResponse, status: number, text: string): void {
  response
    .writeHead(status, {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': pagePolicy,
      'cache-control': 'no-store',
    })
    .end(text)
}

/** Refuses a code: to a person by the page that asks for it, to a program by a header. */
function refuseCode({ response, language }: Visit, status: 403 | 429, refusal: CodeRefusal): void {
  response.setHeader(codeRefusalHeader, refusal === 'wrong' ? 'wrong' : 'wait')
  page(response, status, codePage(language, refusal))
}

function notHere(response: ServerResponse): void {
  say(response, 404, 'The mirror has no such file. What it has is listed at its first page.')
}

function say(response: ServerResponse, status: number, sentence: string): void {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' }).end(`${sentence}\n`)
}
