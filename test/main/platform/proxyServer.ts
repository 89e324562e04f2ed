import { createServer, request as send, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { connect } from 'node:net'
import { pipeline, type Duplex } from 'node:stream'

/** What the proxy does with what it is asked; `passes` when left out. */
export type Conduct = 'passes' | 'falls silent' | { readonly answers: number }

/** A proxy on the loopback interface. For it every host of the world is this computer. */
export class ProxyServer {
  /** What it was asked, as `GET http://…` or `CONNECT host:port`. */
  readonly asked: string[] = []
  /** The names and passwords that were shown. */
  readonly shown: (string | undefined)[] = []
  conduct: Conduct = 'passes'
  readonly #server: Server
  readonly #open = new Set<Duplex>()
  #allGone = (): void => undefined

  constructor() {
    this.#server = createServer((request, response) => this.#forward(request, response))
    this.#server.on('connect', (request: IncomingMessage, socket: Duplex) => this.#tunnel(request, socket))
    this.#server.on('connection', (socket) => {
      this.#open.add(socket)
      socket.on('close', () => {
        this.#open.delete(socket)
        if (this.#open.size === 0) this.#allGone()
      })
    })
  }

  async open(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve))
  }

  /** Its host and port. */
  get host(): string {
    const address = this.#server.address()
    if (address === null || typeof address === 'string') throw new Error('the proxy is not open')
    return `127.0.0.1:${address.port}`
  }

  /** Fulfilled when nobody is connected any more. */
  async isLeft(): Promise<void> {
    if (this.#open.size > 0) await new Promise<void>((resolve) => (this.#allGone = resolve))
  }

  async close(): Promise<void> {
    for (const socket of this.#open) socket.destroy()
    await new Promise((resolve) => this.#server.close(resolve))
  }

  #note({ method = '', url = '', headers }: IncomingMessage): void {
    this.asked.push(`${method} ${url}`)
    this.shown.push(headers['proxy-authorization'])
  }

  #forward(request: IncomingMessage, response: ServerResponse): void {
    this.#note(request)
    if (this.conduct === 'falls silent') return
    if (this.conduct !== 'passes') return void response.writeHead(this.conduct.answers).end('<h1>The proxy</h1>')
    const { port, pathname } = new URL(request.url ?? '')
    const { method, headers } = request
    const passed = send({ host: '127.0.0.1', port, path: pathname, method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 0, answer.headers)
      // What breaks off behind it breaks off before it.
      pipeline(answer, response, () => undefined)
    })
    passed.on('error', () => response.writeHead(502).end())
    request.pipe(passed)
  }

  #tunnel(request: IncomingMessage, socket: Duplex): void {
    this.#note(request)
    socket.on('error', () => socket.destroy())
    // A socket that nobody reads does not hear that the other end has gone.
    if (this.conduct === 'falls silent') return void socket.on('end', () => socket.end()).resume()
    if (this.conduct !== 'passes') return void socket.end(`HTTP/1.1 ${this.conduct.answers} Refused\r\n\r\n`)
    const server = connect(Number(new URL(`http://${request.url}`).port), '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n')
      socket.pipe(server).pipe(socket)
    })
    server.on('error', () => socket.destroy())
    socket.on('close', () => server.destroy())
  }
}
