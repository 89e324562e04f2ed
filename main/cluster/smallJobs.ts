import { randomBytes } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { programZip } from './program.ts'
import { hasEnded, type RayClient } from './rayClient.ts'

/** Milliseconds between two looks at a small job, and the most looks. */
const lookEvery = 1000
const mostLooks = 120

/** A name for a job. Ray refuses one that it has had. */
export function newName(): string {
  return `conv-lab-${randomBytes(8).toString('hex')}`
}

/**
 * Lets the driver's program do something on the head, and waits until it has.
 * @param words of its command line: see cluster/driver.py
 * @throws LabError where the cluster does not answer.
 */
export async function askDriver(client: RayClient, words: string): Promise<void> {
  const environment = { working_dir: await client.upload(await programZip()) }
  const job = await client.submit(newName(), `python driver.py ${words}`, environment)
  await rested(client, job)
  await client.forget(job)
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

/** Waits until a small job has ended. */
async function rested(client: RayClient, job: string): Promise<void> {
  for (let look = 0; look < mostLooks; look += 1) {
    const known = await client.job(job)
    if (known === null || hasEnded(known)) return
    await delay(lookEvery)
  }
}
