import { randomBytes } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { phrase, quoted } from '../../core/words/phrases.ts'
import { refuse } from '../../core/words/problems.ts'
import { shortened } from './foreignWords.ts'
import { programZip } from './program.ts'
import { hasEnded, type Job, type RayClient } from './rayClient.ts'

/** Milliseconds between two looks at a small job, and the most looks. */
const lookEvery = 1000
const mostLooks = 120

const program = 'driver.py'

/** A name for a job. Ray refuses one that it has had. */
export function newName(): string {
  return `conv-lab-${randomBytes(8).toString('hex')}`
}

/**
 * Lets the driver's program do something on the head, and waits until it has.
 * @param words of its command line: see cluster/driver.py
 * @throws LabError where the cluster does not answer, or `cluster-refuses` where it was not done.
 */
export async function askDriver(client: RayClient, words: string): Promise<void> {
  const environment = { working_dir: await client.upload(await programZip()) }
  const job = await client.submit(newName(), `python ${program} ${words}`, environment)
  const end = await rested(client, job)
  if (end === null) refuse('cluster-refuses', { address: client.host, detail: phrase('program-silent', { program }) })
  await client.forget(job)
  const { status, message } = end
  if (status !== 'SUCCEEDED')
    refuse('cluster-refuses', { address: client.host, detail: quoted(shortened(message ?? status)) })
}

/**
 * Ends a job for good and deletes what it left.
 * @throws LabError where the cluster does not answer. What is not deleted then goes with the Ray session.
 */
export async function clearUpAfter(client: RayClient, job: string): Promise<void> {
  const known = await client.job(job)
  if (known === null) return
  if (!hasEnded(known)) {
    await client.stop(job)
    await rested(client, job)
  }
  await askDriver(client, `forget ${job}`)
  await client.forget(job)
}

/** Waits until a small job has ended. @returns how; null where it has not, or is gone */
async function rested(client: RayClient, job: string): Promise<Job | null> {
  for (let look = 0; look < mostLooks; look += 1) {
    const known = await client.job(job)
    if (known === null || hasEnded(known)) return known
    await delay(lookEvery)
  }
  return null
}
