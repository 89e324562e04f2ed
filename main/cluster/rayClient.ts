import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import http from 'node:http'
import https from 'node:https'
import { setTimeout as delay } from 'node:timers/promises'
import { z } from 'zod'
import type { ClusterPlace } from '../../core/cluster/clusterPlace.ts'
import { misfitPhrase } from '../../core/words/issuePhrase.ts'
import { phrase, quoted, type Phrase } from '../../core/words/phrases.ts'
import { refuse, type Problem, type ProblemCode } from '../../core/words/problems.ts'
import { codeOf } from '../files/errorCode.ts'
import { givenPath } from '../files/givenPath.ts'
import {
  agentFor,
  byWayOf,
  proxyAnswer,
  proxyFor,
  proxyRefusal,
  UnfitProxy,
  type WebProxy,
} from '../platform/webProxy.ts'

/** Milliseconds without a byte after which a request counts as lost. */
const patience = 30_000

const Version = z.object({ ray_version: z.string() })
const Submitted = z.object({ submission_id: z.string() })

/** How a job stands. Ray may say more in later versions, which is left out. */
const Job = z.object({
  status: z.enum(['PENDING', 'RUNNING', 'STOPPED', 'SUCCEEDED', 'FAILED']),
  message: z.string().nullish(),
  driver_node_id: z.string().nullish(),
})
export type Job = z.infer<typeof Job>

/** What Ray prepares before it starts a job: see "Runtime environments" in its handbook. */
export interface RuntimeEnvironment {
  readonly working_dir: string
  readonly py_modules?: readonly string[]
}

interface Answer {
  readonly status: number
  readonly body: Buffer
}

/** How a package is uploaded. */
interface Uploading {
  /** Ends it early. */
  readonly signal?: AbortSignal | undefined
  /** Told how many bytes have left this computer. */
  readonly onSent?: ((bytes: number) => void) | undefined
}

interface Asked extends Uploading {
  readonly body?: Buffer
}

/** Problems that may pass by themselves, or by what a person does elsewhere: the cluster may be asked again. */
const unanswered: readonly ProblemCode[] = [
  'cluster-unreachable',
  'cluster-refuses',
  'cluster-token-wrong',
  'cluster-token-unread',
  'cluster-no-ray',
]

/** Whether a cluster could not be asked, or did not do what was asked. */
export function isUnanswered({ code }: Problem): boolean {
  return unanswered.includes(code)
}

/** How older versions of Ray begin where they cannot read a log, with status 200. */
const readFailed = '[get_logs] Fetch log error'
/** What Ray says of a log that is not there; it gives no status of its own for that. */
const notThere = 'A file is not found at'

/** How Ray begins where no node can take a job yet; it has begun none then (dashboard/modules/job/job_head.py). */
const notYet = 'No available agent to submit job'
/** Milliseconds for which it is asked again then, and between two times. */
const longestStart = 60_000
const tryEvery = 1000

/** Bytes that are sent from one report of progress to the next. */
const pieceBytes = 262_144

/** Ray's name for a package with this content. */
export function packageName(zip: Buffer): string {
  return `_ray_pkg_${createHash('sha256').update(zip).digest('hex').slice(0, 32)}.zip`
}

/** The name by which a runtime environment takes a package. */
export function packageUri(name: string): string {
  return `gcs://${name}`
}

function placeOf(name: string): string {
  return `/api/packages/gcs/${name}`
}

/** Whether a job has ended. */
export function hasEnded({ status }: Job): boolean {
  return status !== 'PENDING' && status !== 'RUNNING'
}

/**
 * Ray's HTTP API: that of its jobs, of its packages and of its logs. Node's `fetch` cannot be used: it sends
 * `sec-fetch-mode`, by which Ray takes it for a page in a browser and refuses it.
 */
export class RayClient {
  readonly #address: URL
  readonly #tokenFile: string | null
  #token: string | null = null

  constructor({ address, tokenFile }: Pick<ClusterPlace, 'address' | 'tokenFile'>) {
    this.#address = new URL(address)
    this.#tokenFile = tokenFile
  }

  /** The computer and the port, as sentences name a cluster. */
  get host(): string {
    return this.#address.host
  }

  /**
   * The version of Ray at the address.
   * @throws LabError `cluster-unreachable`, `cluster-refuses`, `cluster-token-unread`, or `cluster-no-ray` where
   *   something else answers.
   */
  async version(signal?: AbortSignal): Promise<string> {
    const answer = await this.#request('GET', '/api/version', { signal })
    if (answer.status !== 200) this.#noRay(phrase('server-answered', { status: answer.status }))
    return this.#read(answer, Version).ray_version
  }

  /** Whether the cluster has a package. */
  async has(name: string, signal?: AbortSignal): Promise<boolean> {
    return (await this.#request('GET', placeOf(name), { signal })).status === 200
  }

  /** Gives the cluster a package. @throws the reason of the signal, or why the cluster did not take it. */
  async put(name: string, zip: Buffer, { signal, onSent }: Uploading = {}): Promise<void> {
    this.#expect(await this.#request('PUT', placeOf(name), { body: zip, signal, onSent }))
  }

  /**
   * Uploads a zip, unless the cluster has it.
   * @returns the name by which a runtime environment takes it.
   */
  async upload(zip: Buffer): Promise<string> {
    const name = packageName(zip)
    if (!(await this.has(name))) await this.put(name, zip)
    return packageUri(name)
  }

  /** Begins a job. A cluster that has just begun cannot yet: it is asked again for a while. @returns its name. */
  async submit(job: string, entrypoint: string, environment: RuntimeEnvironment): Promise<string> {
    const body = Buffer.from(
      JSON.stringify({
        entrypoint,
        submission_id: job,
        runtime_env: { ...environment, config: { setup_timeout_seconds: 1800 } },
        metadata: { program: 'conv-lab' },
      }),
    )
    for (const deadline = performance.now() + longestStart; ;) {
      const answer = await this.#request('POST', '/api/jobs/', { body })
      if (performance.now() > deadline || !firstLine(answer.body).startsWith(notYet))
        return this.#read(this.#expect(answer), Submitted).submission_id
      await delay(tryEvery)
    }
  }

  /** How a job stands; null where Ray knows none of this name. */
  async job(job: string, signal?: AbortSignal): Promise<Job | null> {
    const answer = await this.#request('GET', `/api/jobs/${encodeURIComponent(job)}`, { signal })
    if (answer.status !== 404) return this.#read(this.#expect(answer), Job)
    // Any other server knows no job either.
    await this.version(signal)
    return null
  }

  /** Ends a job and all that it has started. One that has ended is left as it is. */
  async stop(job: string): Promise<void> {
    const answer = await this.#request('POST', `/api/jobs/${encodeURIComponent(job)}/stop`)
    if (answer.status !== 404) this.#expect(answer)
  }

  /** Lets Ray forget a job that has ended. */
  async forget(job: string): Promise<void> {
    const answer = await this.#request('DELETE', `/api/jobs/${encodeURIComponent(job)}`)
    if (answer.status !== 404) this.#expect(answer)
  }

  /**
   * A file below the logs of the Ray session on a node; null where it is not there.
   * @throws LabError `cluster-refuses` where it could not be read now, or why Ray could not be asked.
   */
  async file(node: string, name: string): Promise<Buffer | null> {
    const query = new URLSearchParams({ node_id: node, filename: name, lines: '-1', format: 'text' })
    const answer = await this.#request('GET', `/api/v0/logs/file?${query.toString()}`)
    const said = firstLine(answer.body)
    if (answer.status === 200 && !said.startsWith(readFailed)) return answer.body
    return said.includes(notThere) ? null : this.#refused(answer)
  }

  #expect(answer: Answer): Answer {
    return answer.status >= 200 && answer.status < 300 ? answer : this.#refused(answer)
  }

  #refused({ status, body }: Answer): never {
    const said = firstLine(body)
    return refuse('cluster-refuses', {
      address: this.host,
      detail: this.#onTheWay(said === '' ? phrase('server-answered', { status }) : quoted(said)),
    })
  }

  #read<Schema extends z.ZodType>(answer: Answer, schema: Schema): z.infer<Schema> {
    try {
      return schema.parse(JSON.parse(answer.body.toString()))
    } catch (thrown) {
      return this.#noRay(thrown instanceof z.ZodError ? misfitPhrase(thrown) : quoted(String(thrown)), thrown)
    }
  }

  #noRay(detail: Phrase, cause?: unknown): never {
    return refuse('cluster-no-ray', { address: this.host, detail: this.#onTheWay(detail) }, { cause })
  }

  /** @throws LabError `cluster-unreachable` where a variable holds no address of a proxy. */
  #proxy(): WebProxy | null {
    try {
      return proxyFor(this.#address)
    } catch (thrown) {
      if (!(thrown instanceof UnfitProxy)) throw thrown
      return refuse('cluster-unreachable', { address: this.host, detail: thrown.said }, { cause: thrown })
    }
  }

  /** What went wrong, with the proxy in it if the way to the cluster leads through one. */
  #onTheWay<Why extends Phrase | string>(why: Why): Why | Phrase {
    const proxy = this.#proxy()
    return proxy === null ? why : byWayOf(proxy, why)
  }

  async #readToken(): Promise<string | null> {
    if (this.#tokenFile === null) return null
    try {
      this.#token ??= (await readFile(givenPath(this.#tokenFile), 'utf8')).trim()
      return this.#token
    } catch (thrown) {
      return refuse(
        'cluster-token-unread',
        { file: this.#tokenFile, detail: codeOf(thrown) || String(thrown) },
        { cause: thrown },
      )
    }
  }

  async #request(method: string, place: string, { body, signal, onSent }: Asked = {}): Promise<Answer> {
    const token = await this.#readToken()
    const proxy = this.#proxy()
    const headers = {
      ...(token === null ? {} : { authorization: `Bearer ${token}` }),
      ...(body === undefined ? {} : { 'content-length': body.length }),
      ...(method === 'POST' ? { 'content-type': 'application/json' } : {}),
    }
    const { request } = this.#address.protocol === 'https:' ? https : http
    const answer = await new Promise<Answer>((resolve, reject) => {
      const agent = agentFor(this.#address, proxy, signal)
      const options = { method, headers, agent, timeout: patience, ...(signal === undefined ? {} : { signal }) }
      const asked = request(new URL(place, this.#address), options, (response) => {
        const parts: Buffer[] = []
        response
          .on('data', (part: Buffer) => parts.push(part))
          .on('end', () => resolve({ status: response.statusCode ?? 0, body: Buffer.concat(parts) }))
          .on('error', reject)
      })
      asked
        .on('timeout', () => asked.destroy(Object.assign(new Error('no answer'), { code: 'ETIMEDOUT' })))
        .on('error', reject)
      for (let from = 0; body !== undefined && from < body.length; from += pieceBytes) {
        const piece = body.subarray(from, from + pieceBytes)
        asked.write(piece, (failed) => {
          if (failed == null) onSent?.(from + piece.length)
        })
      }
      asked.end()
    }).catch((thrown: unknown) => {
      signal?.throwIfAborted()
      return this.#lost(thrown)
    })
    if (answer.status === 407) this.#unreachable(proxyRefusal(407))
    // A proxy too answers 403 where it lets nobody through.
    const isToken = answer.status === 401 || (answer.status === 403 && (proxy === null || token !== null))
    if (isToken) {
      // Its file may have another one by the next time.
      this.#token = null
      refuse('cluster-token-wrong', { address: this.host })
    }
    return answer
  }

  #lost(thrown: unknown): never {
    // What is no HTTP at all answers too.
    if (codeOf(thrown).startsWith('HPE_')) this.#noRay(quoted(String(thrown)), thrown)
    const answered = proxyAnswer(thrown)
    if (answered === null) return this.#unreachable(codeOf(thrown) || String(thrown), thrown)
    return this.#unreachable(proxyRefusal(answered), thrown)
  }

  #unreachable(detail: Phrase | string, cause?: unknown): never {
    return refuse('cluster-unreachable', { address: this.host, detail: this.#onTheWay(detail) }, { cause })
  }
}

function firstLine(body: Buffer): string {
  return body.toString('utf8', 0, 400).split('\n')[0]
}
