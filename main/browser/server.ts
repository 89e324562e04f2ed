import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import { WebSocketServer, type WebSocket } from 'ws'
import { acceptedLanguage } from '../../core/words/language.ts'
import { quoted } from '../../core/words/phrases.ts'
import { LabError, problem, problemOf, sentenceOf } from '../../core/words/problems.ts'
import { givenFilesPath } from '../../core/contract/windowLink.ts'
import { largestMessageBytes, serveContract } from '../shells/contractSocket.ts'
import type { Lab } from '../lab.ts'
import type { Log } from '../files/log.ts'
import { pageResponse } from '../shells/pageResponse.ts'
import { withSecurityHeaders } from '../shells/securityHeaders.ts'
import { sentenceResponse } from '../shells/sentenceResponse.ts'
import { admit } from './admission.ts'
import { GivenFiles } from './givenFiles.ts'
import { sendResponse } from './sendResponse.ts'
import { Tokens } from './tokens.ts'

export interface BrowserServerOptions {
  readonly lab: Lab
  /** 0 takes any free port. */
  readonly port: number
  readonly windowFolder: string
  readonly log: Log
  /** Called with the number of connected pages each time it changes. */
  readonly onPages: (open: number) => void
}

export interface BrowserServer {
  readonly port: number
  /** Returns an address that opens the lab once; each call gives a fresh one. */
  readonly address: () => string
  /** Closes all connections and frees the port. */
  close(): Promise<void>
}

/**
 * Serves the lab's window on this computer alone: its files and images over HTTP, the window contract over one
 * WebSocket at `/api`.
 * @throws LabError `port-in-use`.
 */
export async function serveBrowser(options: BrowserServerOptions): Promise<BrowserServer> {
  const tokens = new Tokens()
  const sockets = new WebSocketServer({ noServer: true, maxPayload: largestMessageBytes, perMessageDeflate: false })
  const given = new GivenFiles({
    folder: options.lab.home.given,
    take: (dataset, place, how) => options.lab.datasets.import(dataset, place, how),
    atRest: async (dataset) => {
      await options.lab.datasets.whenSettled(dataset)
    },
    log: options.log,
  })
  await given.clear()
  const server = createServer((request, response) => void answer(request, response))
  // Sending a large archive to a slow disk takes longer than Node's limit of five minutes. Only this computer's own
  // pages get this far.
  server.requestTimeout = 0
  server.on('upgrade', (request, socket, head) => upgrade(request, socket, head))
  const port = await listen(server, options.port)
  const base = `http://127.0.0.1:${port}`
  const connect = `ws://127.0.0.1:${port} ws://localhost:${port}`

  function knockOf(request: IncomingMessage, webSocket: boolean) {
    const url = URL.parse(`${base}${request.url ?? '/'}`)
    return url === null ? null : { method: request.method ?? 'GET', url, headers: request.headers, webSocket }
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const language = acceptedLanguage(request.headers['accept-language'])
    try {
      const knock = knockOf(request, false)
      const result =
        knock === null
          ? sentenceResponse(400, problem('bad-input', { detail: quoted('URL') }), language)
          : await respond(knock)
      await sendResponse(response, withSecurityHeaders(result, connect), request.method === 'HEAD')
    } catch (thrown) {
      options.log.add(`answering ${request.method} ${request.url?.split('?')[0]}`, thrown)
      if (response.headersSent) response.destroy()
      else
        await sendResponse(
          response,
          withSecurityHeaders(sentenceResponse(500, problemOf(thrown), language), connect),
          false,
        )
    }

    async function respond(knock: NonNullable<ReturnType<typeof knockOf>>): Promise<Response> {
      const admission = admit(knock, port, tokens)
      if (admission.kind === 'refused') return sentenceResponse(403, admission.problem, language)
      if (admission.kind === 'exchanged') {
        return new Response(null, {
          status: 303,
          headers: { location: '/', 'set-cookie': admission.cookie, 'cache-control': 'no-store' },
        })
      }
      if (isGiven(knock.url)) return given.respond(request, knock.url)
      const asked = new Request(knock.url, { method: knock.method, headers: fetchHeaders(knock.headers) })
      return pageResponse(asked, { windowFolder: options.windowFolder, lab: options.lab, connect })
    }
  }

  function upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    // Nobody else listens for errors of this socket yet. Without this, a peer that resets the connection would cause an
    // uncaught exception.
    socket.on('error', (thrown) => options.log.add('WebSocket upgrade', thrown))
    const knock = knockOf(request, true)
    const admission = knock === null ? null : admit(knock, port, tokens)
    if (knock?.url.pathname === '/api' && admission?.kind === 'granted') {
      sockets.handleUpgrade(request, socket, head, welcome)
      return
    }
    const [status, of] =
      admission?.kind === 'refused'
        ? ['403 Forbidden', admission.problem]
        : ['404 Not Found', problem('page-unknown', { path: knock?.url.pathname ?? '' })]
    const text = `${sentenceOf(of, acceptedLanguage(request.headers['accept-language']))}\n`
    socket.end(
      `HTTP/1.1 ${status}\r\nconnection: close\r\ncontent-type: text/plain; charset=utf-8\r\ncontent-length: ${Buffer.byteLength(text)}\r\n\r\n${text}`,
    )
  }

  function welcome(socket: WebSocket): void {
    socket.on('error', (thrown) => options.log.add('WebSocket', thrown))
    socket.on('close', () => options.onPages(sockets.clients.size))
    serveContract(options.lab, socket)
    options.onPages(sockets.clients.size)
  }

  return {
    port,
    address: () => `${base}/?token=${tokens.mint()}`,
    async close() {
      for (const socket of sockets.clients) socket.terminate()
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      server.closeAllConnections()
      await closed
      await given.clear()
    },
  }
}

function isGiven({ pathname }: URL): boolean {
  return pathname === givenFilesPath || pathname.startsWith(`${givenFilesPath}/`)
}

function fetchHeaders(headers: IncomingMessage['headers']): Headers {
  const fetched = new Headers()
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) fetched.set(name, Array.isArray(value) ? value.join(', ') : value)
  }
  return fetched
}

function listen(server: ReturnType<typeof createServer>, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (thrown) => {
      const taken = 'code' in thrown && (thrown.code === 'EADDRINUSE' || thrown.code === 'EACCES')
      reject(taken ? new LabError(problem('port-in-use', { port }), { cause: thrown }) : thrown)
    })
    server.listen(port, '127.0.0.1', () => {
      const address = server.address()
      if (address === null || typeof address === 'string') reject(new Error('the server listens on no port'))
      else resolve(address.port)
    })
  })
}
