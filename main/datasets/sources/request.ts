import { request as requestHttp } from 'node:http'
import type { IncomingMessage } from 'node:http'
import { request as requestHttps } from 'node:https'
import { phrase, type Phrase, quoted } from '../../../core/words/phrases.ts'
import {
  agentFor,
  byWayOf,
  proxyAnswer,
  proxyFor,
  proxyRefusal,
  UnfitProxy,
  type WebProxy,
} from '../../platform/webProxy.ts'
import { SourceError } from '../definition.ts'
import { codeRefusalHeader } from '../mirror/codeRefusal.ts'

const mostRedirects = 5

/** Thrown when a source broke off, or may answer better later: worth another try. */
export class BrokenTransfer extends SourceError {
  /** Whether the source had answered at all. */
  readonly reached: boolean
  /** How long the source asks to wait, in milliseconds. */
  readonly waitMs: number

  constructor(said: Phrase, { reached, waitMs = 0, cause }: { reached: boolean; waitMs?: number; cause?: unknown }) {
    super(said, { cause })
    this.reached = reached
    this.waitMs = waitMs
  }
}

/** Thrown when a source answers but does not have the file. */
export class MissingFile extends SourceError {}

export interface RequestLimits {
  readonly signal: AbortSignal
  /** The only host, with its port, that is asked, whatever redirects say; null: any. */
  readonly staysOn?: string | null
}

/**
 * Requests a file, or the rest of it from a byte on, and follows redirects. It goes through a proxy where the
 * environment names one.
 *
 * This is not `fetch`, because `fetch` unpacks `Content-Encoding: gzip`. Some servers label `.gz` files with it, and
 * their sums would then be wrong.
 * @returns a response of status 200, 206 or 416. The caller must read or destroy its body.
 * @throws BrokenTransfer, or SourceError if another try cannot help.
 */
export async function requestFile(
  url: URL,
  headers: Readonly<Record<string, string>>,
  { signal, staysOn = null }: RequestLimits,
  redirects = mostRedirects,
): Promise<IncomingMessage> {
  if (staysOn !== null && url.host !== staysOn) throw new SourceError(phrase('sent-elsewhere', { host: url.host }))
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    throw new SourceError(phrase('address-not-web', { protocol: url.protocol }))
  const request = url.protocol === 'https:' ? requestHttps : requestHttp
  const proxy = proxyOnTheWay(url)
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    const sent = request(url, {
      signal,
      agent: agentFor(url, proxy, signal),
      headers: { 'accept-encoding': 'identity', 'user-agent': 'conv-lab', ...headers },
    })
    sent.on('response', resolve)
    sent.on('error', (error) => reject(refusalOf(error)))
    sent.end()
  })
  const status = response.statusCode ?? 0
  if (status === 200 || status === 206 || status === 416) return response
  response.destroy()
  const next = response.headers.location
  if (status >= 300 && status < 400 && next !== undefined) {
    if (redirects === 0) throw new SourceError(phrase('redirects-endless', {}))
    return requestFile(new URL(next, url), headers, { signal, staysOn }, redirects - 1)
  }
  const refusedCode = response.headers[codeRefusalHeader]
  if (refusedCode !== undefined)
    throw new SourceError(phrase(refusedCode === 'wait' ? 'mirror-code-wait' : 'mirror-code-wrong', {}))
  if (status === 407 && proxy !== null) throw new SourceError(proxyRefusal(status))
  const said = phrase('server-answered', { status })
  if (status === 404 || status === 410) throw new MissingFile(said)
  if (signInStatus.has(status)) throw new SourceError(phrase('proxy-wants-sign-in', { status }))
  throw mayPass(status)
    ? new BrokenTransfer(said, { reached: true, waitMs: retryAfter(response) })
    : new SourceError(said)
}

/** @throws SourceError where a variable holds no address of a proxy. */
function proxyOnTheWay(url: URL): WebProxy | null {
  try {
    return proxyFor(url)
  } catch (thrown) {
    throw thrown instanceof UnfitProxy ? new SourceError(thrown.said, { cause: thrown }) : thrown
  }
}

/** What was thrown on the way to an address, with the proxy in it if the way led through one. */
export function withProxy(url: URL, thrown: unknown): unknown {
  if (!(thrown instanceof SourceError) || thrown instanceof MissingFile || thrown.cause instanceof UnfitProxy)
    return thrown
  const proxy = proxyOnTheWay(url)
  if (proxy === null) return thrown
  const said = byWayOf(proxy, thrown.said)
  if (thrown instanceof BrokenTransfer)
    return new BrokenTransfer(said, { reached: thrown.reached, waitMs: thrown.waitMs, cause: thrown })
  return new SourceError(said, { cause: thrown })
}

/** Whether a server may answer otherwise later. */
function mayPass(status: number): boolean {
  return status >= 500 || status === 429 || status === 408
}

/** Answers of what stands between here and the server (RFC 9110, RFC 6585): it wants to know who asks. */
const signInStatus: ReadonlySet<number> = new Set([407, 511])

/** Node's codes for a certificate of somebody whom this computer does not know. */
const foreignCertificate = new Set([
  'SELF_SIGNED_CERT_IN_CHAIN',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
])

/** What a failed connection means. */
function refusalOf(error: Error): SourceError {
  const status = proxyAnswer(error)
  if (status !== null)
    return mayPass(status)
      ? new BrokenTransfer(proxyRefusal(status), { reached: false, cause: error })
      : new SourceError(proxyRefusal(status), { cause: error })
  const detail = 'code' in error ? String(error.code) : error.message
  // The next try would meet the same certificate.
  if (foreignCertificate.has(detail))
    return new SourceError(phrase('certificate-foreign', { detail }), { cause: error })
  return new BrokenTransfer(phrase('not-reached', { detail }), { reached: false, cause: error })
}

/**
 * `Retry-After` in seconds, as busy servers send it. Its other form, a date, is rare and would depend on this
 * computer's clock, which may be wrong.
 */
function retryAfter({ headers }: IncomingMessage): number {
  const seconds = Number(headers['retry-after'] ?? NaN)
  return Number.isFinite(seconds) && seconds > 0 ? seconds * 1000 : 0
}

/** Whether a response says that it is a web page. */
export function isPage({ headers }: IncomingMessage): boolean {
  return headers['content-type']?.startsWith('text/html') === true
}

/** The validator of this version of a file for `If-Range`: a strong ETag, otherwise the modification date. */
export function validatorOf({ headers }: IncomingMessage): string | null {
  const { etag } = headers
  return etag !== undefined && !etag.startsWith('W/') ? etag : (headers['last-modified'] ?? null)
}

/**
 * A parsed `Content-Range`: the first byte (null for a range that could not be satisfied) and the size of the whole
 * file (null if not stated).
 */
export function contentRange({ headers }: IncomingMessage): { first: number | null; total: number | null } | null {
  const match = /^bytes (?:(\d+)-\d+|\*)\/(\d+|\*)$/.exec(headers['content-range'] ?? '')
  return match === null
    ? null
    : { first: match[1] === undefined ? null : Number(match[1]), total: match[2] === '*' ? null : Number(match[2]) }
}

/** `Content-Length`; null where there is none. */
export function contentLength({ headers }: IncomingMessage): number | null {
  const length = Number(headers['content-length'] ?? NaN)
  return Number.isSafeInteger(length) && length >= 0 ? length : null
}

/** Bytes that may wait to be read before the server is paused. */
const mostWaiting = 1 << 20

/**
 * The body. If the connection breaks, every byte that arrived before is delivered first, then the error is thrown.
 * (Node's own iteration drops waiting bytes when a connection breaks.) It listens at once, so it must be iterated or
 * closed.
 * @throws BrokenTransfer while it is iterated.
 */
export function bodyOf(response: IncomingMessage): AsyncGenerator<Buffer> {
  const waiting: Buffer[] = []
  let bytes = 0
  let over = false
  const broken: { by: BrokenTransfer | null } = { by: null }
  let wake = (): void => undefined
  const end = (thrown?: Error): void => {
    if (!over && thrown !== undefined)
      broken.by = new BrokenTransfer(phrase('connection-broke-with', { detail: quoted(thrown.message) }), {
        reached: true,
        cause: thrown,
      })
    over = true
    wake()
  }
  response.on('data', (chunk: Buffer) => {
    waiting.push(chunk)
    bytes += chunk.byteLength
    if (bytes > mostWaiting) response.pause()
    wake()
  })
  response.on('end', () => end())
  response.on('error', end)
  response.on('close', () => end(response.complete ? undefined : new Error('closed')))
  return (async function* () {
    try {
      for (;;) {
        const next = waiting.shift()
        if (next !== undefined) {
          bytes -= next.byteLength
          yield next
        } else if (over) {
          if (broken.by !== null) throw broken.by
          return
        } else {
          response.resume()
          await new Promise<void>((resolve) => (wake = resolve))
        }
      }
    } finally {
      response.destroy()
    }
  })()
}
