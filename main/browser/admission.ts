import type { IncomingHttpHeaders } from 'node:http'
import { problem, type Problem } from '../../core/words/problems.ts'
import type { Tokens } from './tokens.ts'

/** The decision on a request: carry it out, answer with a cookie and redirect to the window, or refuse it. */
export type Admission =
  | { readonly kind: 'granted' }
  | { readonly kind: 'exchanged'; readonly cookie: string }
  | { readonly kind: 'refused'; readonly problem: Problem }

export interface Knock {
  readonly method: string
  /** Path with query. */
  readonly url: URL
  readonly headers: IncomingHttpHeaders
  /** A WebSocket request must name its origin, as every browser does. A plain request may omit it. */
  readonly webSocket: boolean
}

/**
 * The cookie's name. It contains the port, because cookies do not distinguish ports and two labs must not overwrite
 * each other's.
 */
export function cookieName(port: number): string {
  return `conv_lab_${port}`
}

function cookieValue(header: string | undefined, name: string): string | null {
  for (const pair of (header ?? '').split(';')) {
    const [key, value] = pair.trim().split('=', 2)
    if (key === name && value !== undefined) return value
  }
  return null
}

function refused(detail: string): Admission {
  return { kind: 'refused', problem: problem('stranger-refused', { detail }) }
}

/**
 * Decides on a request. Host and Origin are checked first, so that a page of another name that resolves to this
 * computer (DNS rebinding) is refused. Then the address's token or the cookie is checked.
 * @param port Port on which the shell listens.
 */
export function admit(knock: Knock, port: number, tokens: Tokens): Admission {
  const { host, origin } = knock.headers
  if (host !== `127.0.0.1:${port}` && host !== `localhost:${port}`) return refused('Host')
  if (origin === undefined ? knock.webSocket : origin !== `http://${host}`) return refused('Origin')

  const session = cookieValue(knock.headers.cookie, cookieName(port))
  const known = session !== null && tokens.isSession(session)
  const token = knock.url.searchParams.get('token')
  if (!knock.webSocket && knock.method === 'GET' && knock.url.pathname === '/' && token !== null) {
    const granted = tokens.redeem(token) ?? (known ? session : null)
    if (granted === null) return { kind: 'refused', problem: problem('address-used', {}) }
    return { kind: 'exchanged', cookie: `${cookieName(port)}=${granted}; Path=/; HttpOnly; SameSite=Strict` }
  }
  return known ? { kind: 'granted' } : refused('Cookie')
}
