import { cp, readFile, utimes, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { DataChoice } from '../../../../core/data/dataChoice.ts'
import { choiceOf } from '../../../../core/data/datasetView.ts'
import type { TrainEvent, TrainOrder } from '../../../../core/contract/engineContract.ts'
import { seedNetwork } from '../../../../core/run/presets.ts'
import type { RunConfig } from '../../../../core/run/run.ts'
import { DataReader, type RunData } from '../../../../main/engine/feed/preparedData.ts'
import { openSession } from '../../../../main/engine/train/session.ts'
import { engineIdentity } from '../../../../main/engine/process/tensorflow.ts'
import { train } from '../../../../main/engine/train/train.ts'
import { bitsOf, checkpointAt, eventsOf, lossesOf, tinyRun, type TinyRun } from '../train/tinyRun.ts'

const imageBytes = 32 * 32 * 3
/** Less than the tiny set takes, and less than any two of its images do. */
const small = imageBytes
const everything = choiceOf({})
const twoClasses: DataChoice = { ...everything, classes: [0, 2] }
const drawn: DataChoice = { ...twoClasses, split: { kind: 'drawn', seed: 5, train: 40, test: 70 } }

let tiny: TinyRun
let config: RunConfig
let dataFolder: string
beforeAll(async () => {
  tiny = await tinyRun()
  const order = tiny.order('any')
  ;({ config, dataFolder } = order)
})
afterAll(() => tiny.remove())

let reader = new DataReader()
afterEach(() => reader.close())

function withChoice(choice: DataChoice | undefined, classes: number): RunConfig {
  const model = seedNetwork(config.model.input, classes)
  return { ...config, model, data: { ...config.data, ...(choice === undefined ? {} : { choice }) } }
}

async function taken(limit: number | undefined, choice: DataChoice | undefined, classes = 2): Promise<RunData> {
  reader = new DataReader(limit)
  return reader.read(dataFolder, withChoice(choice, classes))
}

/** All that a run sees of its data: each image's pixels and label. */
function seen({ images, labels, trainImages, testImages, classes }: RunData): unknown {
  const all = Uint32Array.from(labels.keys())
  const sequence = images.sequence((first, count) => all.subarray(first, first + count))
  const pixels = [...all].map((image) => {
    const place = sequence.placeOf(image)
    return sequence.images.slice(place * imageBytes, (place + 1) * imageBytes)
  })
  sequence.close()
  return { classes, trainImages, testImages, labels, pixels }
}

describe('what a run takes of prepared data', () => {
  it.each([
    ['everything', undefined, 3],
    ['two classes', twoClasses, 2],
    ['a drawn split over both files', drawn, 2],
  ] as const)(
    'is the same from memory, picked from a large file, and read when it is needed: %s',
    async (_, choice, classes) => {
      const whole = seen(await taken(undefined, choice, classes))
      await reader.close()
      // As much as the choice takes, or all but a byte of the set.
      const picked = seen(await taken(430 * imageBytes - 1, choice, classes))
      await reader.close()
      expect(picked).toEqual(whole)
      expect(seen(await taken(small, choice, classes))).toEqual(whole)
    },
  )

  it('is the whole set in its order where nothing is chosen', async () => {
    const { images, labels, trainImages, testImages } = await taken(undefined, undefined, 3)
    const files = await Promise.all(
      ['train.images', 'test.images'].map((name) => readFile(path.join(dataFolder, name))),
    )
    expect(Buffer.concat(files).equals(images.sequence(() => new Uint32Array()).images)).toBe(true)
    expect({ trainImages, testImages }).toEqual({ trainImages: 130, testImages: 300 })
    expect([...labels.subarray(0, 4), ...labels.subarray(130, 134)]).toEqual([0, 1, 2, 0, 0, 1, 2, 0])
  })

  it('is kept for the next run on the same, and read anew for another choice', async () => {
    const first = await taken(undefined, twoClasses)
    expect(await reader.read(dataFolder, withChoice(twoClasses, 2))).toBe(first)
    expect(await reader.read(dataFolder, withChoice(drawn, 2))).not.toBe(first)
  })

  it('must fit the network, the batch and leave something to test with', async () => {
    await expect(taken(undefined, twoClasses, 3)).rejects.toMatchObject({ problem: { code: 'model-invalid' } })
    await expect(taken(undefined, { ...twoClasses, perClass: 5 })).rejects.toMatchObject({
      problem: { code: 'batch-too-large', parameters: { batch: 20, images: 10 } },
    })
    const alone: DataChoice = { ...twoClasses, split: { kind: 'groups', test: [4] } }
    await expect(taken(undefined, alone)).rejects.toMatchObject({ problem: { code: 'setting-unfit' } })
  })
})

describe('a run', () => {
  async function trained(order: TrainOrder, limit: number | undefined): Promise<TrainEvent[]> {
    const events: TrainEvent[] = []
    const data = new DataReader(limit)
    for await (const event of train(
      order,
      { data, openSession, engine: engineIdentity() },
      { as: null },
      new AbortController().signal,
    ))
      events.push(event)
    await data.close()
    return events
  }
  /** All that a run tells but its times. */
  const results = (events: readonly TrainEvent[]) => ({
    losses: lossesOf(events),
    evaluations: eventsOf(events, 'evaluated').map(({ evaluation }) => evaluation),
    ended: eventsOf(events, 'ended').map(({ state, step, problem }) => ({ state, step, problem })),
  })

  it('gives the same bits whether its images are in memory or read when they are needed', async () => {
    const validated = { ...withChoice(drawn, 2), data: { ...withChoice(drawn, 2).data, validationShare: 0.2 } }
    const order = (name: string) => tiny.order(name, { config: validated, goal: 9, evaluateEvery: 4 })
    const [held, read] = [order('held'), order('read')]
    const [one, other] = [await trained(held, undefined), await trained(read, small)]
    expect(one.at(-1)).toMatchObject({ state: 'done', problem: null })
    expect(results(other)).toEqual(results(one))
    expect(await bitsOf(checkpointAt(read, other, 9))).toEqual(await bitsOf(checkpointAt(held, one, 9)))
  })

  it('goes on from a checkpoint with the images that come next', async () => {
    const order = tiny.order('unbroken', { goal: 10, evaluateEvery: 1000 })
    const whole = await trained(order, small)
    const going = tiny.order('going on', { goal: 10, from: checkpointAt(order, whole, 5) })
    expect(lossesOf(await trained(going, small))).toEqual(lossesOf(whole).slice(5))
  })

  it('of everything gives the bits of one that says nothing of a choice', async () => {
    const [said, unsaid] = [
      tiny.order('said', { config: withChoice(everything, 3), goal: 4 }),
      tiny.order('unsaid', { goal: 4 }),
    ]
    expect(results(await trained(said, undefined))).toEqual(results(await trained(unsaid, undefined)))
  })
})

describe('a large form that was altered', () => {
  const copied = async (name: string): Promise<string> => {
    const folder = path.join(tiny.folder, name)
    await cp(dataFolder, folder, { recursive: true })
    const images = path.join(folder, 'train.images')
    const bytes = await readFile(images)
    bytes[0] ^= 1
    await writeFile(images, bytes)
    return folder
  }

  it('is refused, as a file that is newer than its card is read whole', async () => {
    const folder = await copied('altered')
    const later = new Date(Date.now() + 60_000)
    await utimes(path.join(folder, 'train.images'), later, later)
    await expect(new DataReader(small).read(folder, config)).rejects.toMatchObject({
      problem: { code: 'dataset-damaged' },
    })
  })

  it('is found out in any case where it is small enough to be read whole', async () => {
    const folder = await copied('altered and small')
    const earlier = new Date(Date.now() - 600_000)
    await utimes(path.join(folder, 'train.images'), earlier, earlier)
    await expect(new DataReader().read(folder, config)).rejects.toMatchObject({ problem: { code: 'dataset-damaged' } })
  })
})
