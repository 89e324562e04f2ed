import http from 'node:http'
import https from 'node:https'
import { isIP, isIPv6 } from 'node:net'
import { addAbortSignal } from 'node:stream'
import { phrase, type Phrase } from '../../core/words/phrases.ts'
import { localNetwork } from './localNetwork.ts'

/** A proxy that stands between this computer and a server. */
export interface WebProxy {
  /** It may hold a name and a password, so it stands in no sentence. */
  readonly url: URL
  /** The variable that names it. */
  readonly variable: string
}

/** Thrown when a variable holds no address of a proxy. */
export class UnfitProxy extends Error {
  readonly said: Phrase

  constructor(variable: string) {
    super(`${variable} does not hold the address of a proxy`)
    this.said = phrase('proxy-unfit', { variable })
  }
}

/**
 * The proxy on the way to an address, by the variables that npm, pip and curl read too; null where there is none.
 *
 * Node's own rules for `NO_PROXY` are not used, because it takes `example.org` for that host alone, and the others for
 * all below it as well.
 * @throws UnfitProxy
 */
export function proxyFor(address: URL, environment: NodeJS.ProcessEnv = process.env): WebProxy | null {
  if (isNear(hostOf(address))) return null
  const name = address.protocol === 'https:' ? 'https_proxy' : 'http_proxy'
  const variable = [name, name.toUpperCase()].find((one) => isSet(environment[one]))
  if (variable === undefined) return null
  const exceptions = ['no_proxy', 'NO_PROXY'].map((one) => environment[one]).find(isSet) ?? ''
  if (exceptions.split(/[\s,]+/).some((exception) => covers(exception.toLowerCase(), address))) return null
  return { url: proxyIn(environment[variable] ?? '', variable), variable }
}

function isSet(value: string | undefined): boolean {
  return value !== undefined && value.trim() !== ''
}

/** Without the brackets of an IPv6 address. */
function hostOf({ hostname }: URL): string {
  return hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '')
}

/** Whether a host is this computer or in its network, where no proxy leads: a teacher's mirror is. */
function isNear(host: string): boolean {
  if (isIP(host) !== 0) return localNetwork().has(host)
  return !host.includes('.') || /\.(?:localhost|local)$/.test(host)
}

/** Whether an entry of `NO_PROXY` means an address: `*`, a host with all below it, or one of these with a port. */
function covers(exception: string, address: URL): boolean {
  const [, name, port] = isIPv6(exception) ? [null, exception] : (/^(.*?)(?::(\d+))?$/.exec(exception) ?? [])
  if (name === undefined || name === '') return false
  const asked = address.port || (address.protocol === 'https:' ? '443' : '80')
  if (port !== undefined && port !== asked) return false
  const host = hostOf(address)
  const wanted = name.replace(/^\[|\]$/g, '').replace(/^\*?\./, '')
  return wanted === '*' || host === wanted || (isIP(host) === 0 && host.endsWith(`.${wanted}`))
}

/** As npm, pip and curl do, a proxy without `http://` before it is understood. */
function proxyIn(value: string, variable: string): URL {
  const written = value.trim()
  const address = /^[a-z][a-z\d+.-]*:\/\//i.test(written) ? written : `http://${written}`
  if (!URL.canParse(address)) throw new UnfitProxy(variable)
  const url = new URL(address)
  const isHost = isIPv6(hostOf(url)) || /^[\w.-]+$/.test(url.hostname)
  if (!/^https?:$/.test(url.protocol) || !isHost || !isEscaped(url.username) || !isEscaped(url.password))
    throw new UnfitProxy(variable)
  return url
}

/** Node decodes the name and the password. */
function isEscaped(text: string): boolean {
  try {
    decodeURIComponent(text)
    return true
  } catch {
    return false
  }
}

/**
 * Connections without a proxy, which are used again as those of Node's own agents are. Without an environment of their own
 * NODE_USE_ENV_PROXY would lead through a proxy what is near.
 */
const direct = { keepAlive: true, timeout: 5000, proxyEnv: {} }
const directly = { http: new http.Agent(direct), https: new https.Agent(direct) }

/**
 * What makes the connections to an address.
 * @param signal ends a connection also while the proxy still opens the way: Node leaves a request that was ended then
 *   waiting for it.
 */
export function agentFor(address: URL, proxy: WebProxy | null, signal: AbortSignal | undefined): http.Agent {
  const isSecure = address.protocol === 'https:'
  if (proxy === null) return isSecure ? directly.https : directly.http
  const { Agent } = isSecure ? https : http
  const agent = new Agent({ proxyEnv: { HTTP_PROXY: proxy.url.href, HTTPS_PROXY: proxy.url.href } })
  const connect = agent.createConnection.bind(agent)
  agent.createConnection = (options, connected) => {
    const socket = connect(options, connected)
    if (signal !== undefined && socket != null) addAbortSignal(signal, socket)
    return socket
  }
  return agent
}

/** What a proxy answered that was asked to connect to a server and did not; null for any other error. */
export function proxyAnswer(error: unknown): number | null {
  if (!(error instanceof Error && 'code' in error && error.code === 'ERR_PROXY_TUNNEL')) return null
  return 'statusCode' in error && typeof error.statusCode === 'number' ? error.statusCode : null
}

/** What an answer of a proxy means. */
export function proxyRefusal(status: number): Phrase {
  return phrase(status === 407 ? 'proxy-wants-password' : 'proxy-answered', { status })
}

/** What went wrong, with the proxy through which it went. */
export function byWayOf({ url, variable }: WebProxy, why: Phrase | string): Phrase {
  return phrase('by-way-of-proxy', { why, proxy: url.host, variable })
}
