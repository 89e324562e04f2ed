import type { ChildProcess } from 'node:child_process'
import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import sharp from 'sharp'
import { quoted } from '../../../../core/words/phrases.ts'
import { expect, test } from 'vitest'
import { plainSet, type DatasetCard } from '../../../../core/data/dataset.ts'
import type { PreparePicturesOrder } from '../../../../main/datasets/prepare/preparePictures.ts'
import { runTask } from '../../../../main/datasets/worker/runTask.ts'
import { CollectionWriter } from '../../../../main/files/collectionWriter.ts'
import { md5, withFolder } from '../tinySets.ts'

const card: DatasetCard = {
  ...plainSet,
  id: 'pictures',
  name: 'Pictures',
  image: { height: 64, width: 64, channels: 3 },
  classes: ['one', 'other'],
  classesRu: ['один', 'другой'],
  sizes: { train: 400, test: 0 },
  mirrors: true,
  downloadBytes: 0,
  authors: '',
  page: '',
  licence: '',
  ownSize: false,
  cuts: ['whole'],
}

/** The task of preparing a form of many pictures, all but the first of which are still to be decoded when it tells. */
async function manyPictures(folder: string): Promise<PreparePicturesOrder> {
  const collection = path.join(folder, 'collection')
  const writer = await CollectionWriter.create(collection)
  const noise = { type: 'gaussian', mean: 128, sigma: 40 } as const
  const bytes = await sharp({ create: { width: 500, height: 400, channels: 3, background: 'black', noise } })
    .jpeg()
    .toBuffer()
  const names = Array.from({ length: 400 }, (_, index) => `${index}.jpg`)
  for (const name of names) await writer.add(name, bytes)
  await writer.finish(names.map((picture, at) => ({ picture, label: at % 2, split: 'train', group: null, box: null })))
  const form = { side: 64, fit: 'crop', cut: { kind: 'whole' } } as const
  return { collection, into: path.join(folder, 'form'), card, form, source: 'import' }
}

/** The processes that this one starts meanwhile. */
async function startedBy(work: (started: readonly ChildProcess[]) => Promise<void>): Promise<void> {
  const started: ChildProcess[] = []
  const add = (message: unknown): void => {
    started.push((message as { readonly process: ChildProcess }).process)
  }
  subscribe('child_process', add)
  try {
    await work(started)
  } finally {
    unsubscribe('child_process', add)
  }
}

const hasEnded = (one: ChildProcess): boolean => one.exitCode !== null || one.signalCode !== null

const never = new AbortController().signal

test('a task runs in one process, which has ended when the result is there', async () => {
  await withFolder(async (folder) => {
    const file = path.join(folder, 'file')
    await writeFile(file, 'its bytes')
    await startedBy(async (started) => {
      const sums = await runTask('hashFiles', { files: [file] }, { signal: never, onProgress: () => undefined })
      expect(sums).toEqual([md5(await readFile(file))])
      expect(started.map(hasEnded)).toEqual([true])
    })
  })
})

test('cancelled amid decoding, it throws the reason once its process has ended, as often as one likes', async () => {
  await withFolder(async (folder) => {
    const order = await manyPictures(folder)
    await startedBy(async (started) => {
      for (let time = 0; time < 3; time += 1) {
        const cancelling = new AbortController()
        const reason = new Error('cancelled')
        const into = path.join(folder, `form ${time}`)
        let told = 0
        const task = runTask(
          'preparePictures',
          { ...order, into },
          {
            signal: cancelling.signal,
            onProgress: (_stage, done) => {
              told = done
              cancelling.abort(reason)
            },
          },
        )
        await expect(task).rejects.toBe(reason)
        expect(told).toBeLessThan(400)
      }
      expect(started.map(({ signalCode }) => signalCode)).toEqual(['SIGKILL', 'SIGKILL', 'SIGKILL'])
    })
  })
})

test('cancelled before its process runs, it leaves none behind', async () => {
  await startedBy(async (started) => {
    const cancelling = new AbortController()
    const task = runTask('hashFiles', { files: [] }, { signal: cancelling.signal, onProgress: () => undefined })
    cancelling.abort(new Error('cancelled'))
    await expect(task).rejects.toThrow('cancelled')
    expect(started.map(hasEnded)).toEqual([true])
  })
})

test('a process that ends before its task is told of in a sentence, and nothing else ends', async () => {
  await withFolder(async (folder) => {
    const order = await manyPictures(folder)
    await startedBy(async (started) => {
      const task = runTask('preparePictures', order, {
        signal: never,
        onProgress: () => void started[0].kill('SIGKILL'),
      })
      await expect(task).rejects.toMatchObject({
        problem: { code: 'worker-crashed', parameters: { detail: quoted('SIGKILL') } },
      })
    })
  })
})
