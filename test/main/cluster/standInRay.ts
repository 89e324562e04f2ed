import { execFile, spawn, type ChildProcess } from 'node:child_process'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer, type IncomingMessage } from 'node:http'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { onTestFinished } from 'vitest'
import { z } from 'zod'
import { eventsFile, type JournalLine, type JournalState } from '../../../main/cluster/journal.ts'
import { quietPython, stubs } from './pythonOfNodes.ts'

const run = promisify(execFile)

const Submission = z.object({
  entrypoint: z.string(),
  submission_id: z.string(),
  runtime_env: z.object({ working_dir: z.string(), py_modules: z.array(z.string()).default([]) }),
})

interface JobProcess {
  readonly child: ChildProcess
  status: 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'STOPPED'
  errors: string
}

interface Answer {
  readonly status: number
  readonly body: Buffer | string
}

/** What a job tells that only pretends to train, and the checkpoints that it keeps. */
export interface Script {
  /** Its files of events. */
  readonly files: readonly (readonly JournalLine[])[]
  readonly kept: Readonly<Record<string, string>>
  readonly ended: boolean
}

/**
 * Ray's HTTP API over one computer, for tests that have no Ray: packages are unpacked, and a job is the real driver over
 * a stand-in of Ray's Python. `npm run test:cluster` has the real one.
 */
export class StandInRay {
  readonly folder: string
  readonly jobs = new Map<string, JobProcess>()
  address = ''
  version = '2.60.0'
  /** What comes in the place of an answer: another one, or a connection that breaks. Null: nothing does. */
  disturb: (place: string, method: string) => Answer | 'cut' | null = () => null
  /** What jobs that should train tell in the place of the real driver; null: the real one runs. */
  script: Script | null = null
  /** Answers nothing while it is false. */
  isThere = true
  /** Loses its next answer. */
  losesAnswer = false
  /** Called when a job that trains has begun, before the answer. */
  onTrain: () => void = () => undefined
  /** Whether what is asked of the driver fails. */
  failsSmallJobs = false
  /** How many jobs that train were begun. */
  trainings = 0
  token: string | null = null
  /** Uploads wait for it. */
  #uploads: Promise<void> = Promise.resolve()
  readonly #cpus: number
  readonly #tensorflow: string

  constructor(folder: string, cpus: number, tensorflow: string) {
    this.folder = folder
    this.#cpus = cpus
    this.#tensorflow = tensorflow
  }

  get logs(): string {
    return path.join(this.folder, 'logs')
  }

  /** The folder for temporary files of its only node. */
  get temporary(): string {
    return path.join(this.folder, 'tmp')
  }

  /** Answers no upload until the returned function is called. */
  holdUploads(): () => void {
    const held = Promise.withResolvers<undefined>()
    this.#uploads = held.promise.then(() => undefined)
    return () => held.resolve(undefined)
  }

  async answer(request: IncomingMessage): Promise<Answer | 'cut'> {
    const url = new URL(request.url ?? '', 'http://ray')
    const place = url.pathname
    const disturbed = this.disturb(url.searchParams.get('filename') ?? place, request.method ?? '')
    if (disturbed !== null) return disturbed
    const parts: Buffer[] = []
    for await (const part of request) parts.push(Buffer.from(part as Uint8Array))
    const body = Buffer.concat(parts)
    if (this.token !== null && request.headers.authorization !== `Bearer ${this.token}`)
      return { status: 401, body: 'Unauthorized' }
    if (place === '/api/version') return { status: 200, body: JSON.stringify({ ray_version: this.version }) }
    if (place.startsWith('/api/packages/gcs/')) return this.#package(request.method, path.basename(place), body)
    if (place === '/api/v0/logs/file') return this.#file(url.searchParams.get('filename') ?? '')
    if (place === '/api/jobs/') return this.#submit(Submission.parse(JSON.parse(body.toString())))
    const [, , , id, what] = place.split('/')
    const job = this.jobs.get(id)
    if (job === undefined) return { status: 404, body: 'Job not found' }
    if (what === 'stop') {
      job.status = 'STOPPED'
      job.child.kill('SIGKILL')
    } else if (request.method === 'DELETE') this.jobs.delete(id)
    return {
      status: 200,
      body: JSON.stringify({ status: job.status, message: job.errors.slice(-300), driver_node_id: 'head' }),
    }
  }

  /** The process of the job that trains. */
  driver(): ChildProcess {
    const driver = [...this.jobs.values()].find(({ child, status }) => status === 'RUNNING' && isDriver(child))
    if (driver === undefined) throw new Error('no job trains')
    return driver.child
  }

  /** Stops the driver of the job that trains, and tells this in its place. @param ended Whether all runs have ended. */
  async tellInstead(lines: readonly JournalLine[], ended: boolean): Promise<void> {
    const driver = this.driver()
    driver.kill('SIGSTOP')
    const folder = path.join(this.logs, driver.spawnargs.at(-1) ?? '')
    await mkdir(folder, { recursive: true })
    await writeFile(path.join(folder, eventsFile(1)), lines.map((line) => `${JSON.stringify(line)}\n`).join(''))
    const state: JournalState = { format: 1, files: 1, trains: 0, waits: 1, cpus: 1, freeCpus: 0, allCpus: 0, ended }
    await writeFile(path.join(folder, 'state.json'), JSON.stringify(state))
  }

  async close(): Promise<void> {
    for (const { child } of this.jobs.values()) child.kill('SIGKILL')
    await rm(this.folder, { recursive: true, force: true })
  }

  async #package(method: string | undefined, name: string, body: Buffer): Promise<{ status: number; body: string }> {
    const folder = path.join(this.folder, 'packages', name)
    if (method === 'GET') {
      const there = await readFile(`${folder}.zip`).catch(() => null)
      return { status: there === null ? 404 : 200, body: '' }
    }
    await this.#uploads
    await mkdir(folder, { recursive: true })
    await writeFile(`${folder}.zip`, body)
    await run('python3', ['-m', 'zipfile', '-e', `${folder}.zip`, folder])
    return { status: 200, body: '{}' }
  }

  async #file(name: string): Promise<Answer> {
    const place = path.join(this.logs, name)
    const file = await readFile(place).catch(() => null)
    return file === null ? { status: 500, body: `A file is not found at: ${place}` } : { status: 200, body: file }
  }

  /** Writes what a driver would have written. @returns a process that does nothing */
  async #pretend({ files, kept, ended }: Script, job: string): Promise<ChildProcess> {
    const folder = path.join(this.logs, job)
    await mkdir(path.join(folder, 'files'), { recursive: true })
    for (const [name, content] of Object.entries(kept)) await writeFile(path.join(folder, 'files', name), content)
    for (const [index, lines] of files.entries())
      await writeFile(path.join(folder, eventsFile(index + 1)), lines.map((line) => JSON.stringify(line)).join('\n'))
    const state: JournalState = {
      format: 1,
      files: files.length,
      trains: 1,
      waits: 0,
      cpus: 1,
      freeCpus: 0,
      allCpus: this.#cpus,
      ended,
    }
    await writeFile(path.join(folder, 'state.json'), JSON.stringify(state))
    return spawn('sleep', ['infinity'])
  }

  async #submit(submission: z.infer<typeof Submission>): Promise<{ status: number; body: string }> {
    const { entrypoint, submission_id: id } = submission
    if (this.jobs.has(id)) return { status: 400, body: `Job with submission_id ${id} already exists` }
    for (const folder of [this.logs, this.temporary]) await mkdir(folder, { recursive: true })
    const { script } = this
    const pretends = script !== null && entrypoint.includes(' train ')
    const child = pretends ? await this.#pretend(script, id) : this.#spawn(submission)
    const job: JobProcess = { child, status: 'RUNNING', errors: '' }
    child.stderr?.on('data', (text: Buffer) => (job.errors += text.toString()))
    child.on('close', (code) => {
      if (job.status === 'RUNNING') job.status = code === 0 ? 'SUCCEEDED' : 'FAILED'
    })
    this.jobs.set(id, job)
    if (pretends || isDriver(child)) {
      this.trainings += 1
      this.onTrain()
    }
    return { status: 200, body: JSON.stringify({ submission_id: id }) }
  }

  #spawn({ entrypoint, runtime_env: environment }: z.infer<typeof Submission>): ChildProcess {
    const unpacked = (uri: string): string => path.join(this.folder, 'packages', uri.replace('gcs://', ''))
    const words = entrypoint.split(' ').slice(1)
    const fails = this.failsSmallJobs && !words.includes('train')
    return spawn('python3', fails ? ['-c', 'raise SystemExit("the disk of the head is full")'] : words, {
      cwd: unpacked(environment.working_dir),
      env: {
        ...process.env,
        ...quietPython,
        PYTHONPATH: [stubs, ...environment.py_modules.map(unpacked)].join(':'),
        STAND_IN_CPUS: String(this.#cpus),
        STAND_IN_LOGS: this.logs,
        TMPDIR: this.temporary,
        // What a task's environment would set.
        CONV_LAB_ON_NODES: this.#tensorflow,
      },
    })
  }
}

function isDriver(child: ChildProcess): boolean {
  return child.spawnargs.includes('train')
}

/** Starts one with so many processors, which ends with the test. @param nodesHave what its nodes have unpacked */
export async function standInRay(cpus: number, nodesHave: string): Promise<StandInRay> {
  const ray = new StandInRay(await mkdtemp(path.join(tmpdir(), 'conv-lab-ray-')), cpus, nodesHave)
  const server = createServer((request, response) => {
    ray.answer(request).then(
      (answer) => {
        if (answer === 'cut' || !ray.isThere || ray.losesAnswer) request.socket.destroy()
        else response.writeHead(answer.status).end(answer.body)
        ray.losesAnswer = false
      },
      (thrown: unknown) => response.writeHead(500).end(String(thrown)),
    )
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the stand-in has no port')
  ray.address = `http://127.0.0.1:${address.port}`
  onTestFinished(async () => {
    server.closeAllConnections()
    server.close()
    await ray.close()
  })
  return ray
}
