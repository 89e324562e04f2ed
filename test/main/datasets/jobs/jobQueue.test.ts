import { expect, test } from 'vitest'
import { JobQueue, type Job } from '../../../../main/datasets/jobs/jobQueue.ts'

const cancelled = new Error('cancelled')

function job<Result>(work: Job<Result>['work'], ended = (): void => undefined): Job<Result> {
  return { work, cancelled, ended }
}

test('jobs are done one after another, each after the end of the one before, well or not', async () => {
  const line = new JobQueue()
  const log: string[] = []
  const of = (name: string, fails = false) =>
    line.add(
      job(
        async () => {
          log.push(`${name} begins`)
          await new Promise((resolve) => setImmediate(resolve))
          log.push(`${name} ends`)
          if (fails) throw new Error(name)
          return name
        },
        () => void log.push(`${name} is out, busy: ${line.busy}`),
      ),
    )
  const results = Promise.allSettled([of('one'), of('two', true), of('three')])
  await line.settled()
  expect(line.busy).toBe(false)
  expect(log).toEqual(
    ['one', 'two', 'three'].flatMap((name) => [
      `${name} begins`,
      `${name} ends`,
      `${name} is out, busy: ${name !== 'three'}`,
    ]),
  )
  expect((await results).map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
})

test('cancelling ends the one that goes on and those that wait, each with its reason', async () => {
  const line = new JobQueue()
  const untilAborted = (signal: AbortSignal): Promise<never> =>
    new Promise((_resolve, reject) => {
      if (signal.aborted) reject(signal.reason)
      signal.addEventListener('abort', () => reject(signal.reason))
    })
  const results = Promise.allSettled([line.add(job(untilAborted)), line.add(job(untilAborted))])
  line.cancel()
  expect(await results).toEqual([1, 2].map(() => ({ status: 'rejected', reason: cancelled })))
})
