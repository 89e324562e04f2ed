import { execFile } from 'node:child_process'
import { readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { promisify } from 'node:util'
import { onTestFinished } from 'vitest'

const run = promisify(execFile)

/** The variable by which all processes of a cluster are known; those that it starts inherit it. */
const mark = 'CONV_LAB_TEST_CLUSTER'

/** A Ray cluster on this computer, on loopback, whose nodes have one processor each. */
export interface RayNodes {
  /** Of its dashboard. */
  readonly address: string
  /** The processes of it whose command line has these words, the oldest first. */
  readonly processes: (words: string) => number[]
}

/** What a process was started with; '' where it is gone or somebody else's. */
function readOf(pid: string, file: 'environ' | 'cmdline'): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8').replaceAll('\0', ' ')
  } catch {
    return ''
  }
}

/** Ray's own workers give themselves a name, which is written over their variables; but their output is in its folder. */
function isOf(folder: string, pid: string): boolean {
  if (readOf(pid, 'environ').includes(`${mark}=${folder} `)) return true
  try {
    return readlinkSync(`/proc/${pid}/fd/1`).startsWith(`${folder}/`)
  } catch {
    return false
  }
}

function processesOf(folder: string, words: string): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => isOf(folder, pid) && readOf(pid, 'cmdline').includes(words))
    .map(Number)
    .sort((one, other) => one - other)
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  if (address === null || typeof address === 'string') throw new Error('no port is free')
  return address.port
}

/** Starts a cluster that ends with the test, of the head and, where there are two nodes, another one. */
export async function rayNodes(count: 1 | 2 = 2): Promise<RayNodes> {
  const ray = process.env['CONV_LAB_RAY'] ?? ''
  const folder = await mkdtemp(path.join(tmpdir(), 'clr-'))
  const [port, dashboard] = [await freePort(), await freePort()]
  // Where another program has the usual port of an agent, a head takes no jobs.
  const agents = await Promise.all([freePort(), freePort()])
  const env = {
    ...process.env,
    [mark]: folder,
    RAY_USAGE_STATS_ENABLED: '0',
    RAY_SCHEDULER_EVENTS: '0',
    // A busy computer starts it slowly.
    RAY_raylet_start_wait_time_s: '300',
    PATH: `${path.join(ray, 'bin')}:${process.env['PATH'] ?? ''}`,
  }
  onTestFinished(async () => {
    while (processesOf(folder, '').length > 0) {
      for (const pid of processesOf(folder, '')) process.kill(pid, 'SIGKILL')
      await delay(200)
    }
    await rm(folder, { recursive: true, force: true, maxRetries: 10 })
  })
  const start = (...more: string[]): Promise<unknown> =>
    run(
      path.join(ray, 'bin', 'ray'),
      ['start', '--node-ip-address=127.0.0.1', '--num-cpus=1', '--object-store-memory=200000000', ...more],
      { env },
    )
  const head = [`--port=${port}`, '--dashboard-host=127.0.0.1', `--dashboard-port=${dashboard}`]
  const withAgent = (node: 0 | 1): string => `--dashboard-agent-listen-port=${agents[node]}`
  await start('--head', ...head, `--temp-dir=${folder}`, '--disable-usage-stats', withAgent(0))
  if (count === 2) await start(`--address=127.0.0.1:${port}`, withAgent(1))
  return { address: `http://127.0.0.1:${dashboard}`, processes: (words) => processesOf(folder, words) }
}
