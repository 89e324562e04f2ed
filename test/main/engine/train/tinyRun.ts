import { createHash } from 'node:crypto'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { TrainEvent, TrainOrder } from '../../../../core/contract/engineContract.ts'
import { plainSet, type DatasetCard } from '../../../../core/data/dataset.ts'
import type { RunChoices } from '../../../../core/run/choices.ts'
import { requestFor } from '../../../../core/run/presets.ts'
import { RandomNumbers } from '../../../../core/numbers/random.ts'
import type { Checkpoint, PresetId, RunConfig } from '../../../../core/run/run.ts'
import { parseSafetensors } from '../../../../main/engine/checkpoint/safetensors.ts'
import type { PreparedSplit } from '../../../../main/files/preparedCard.ts'
import { writePreparedForm } from '../../../../main/files/preparedForm.ts'

const card: Omit<DatasetCard, 'sizes'> = {
  ...plainSet,
  id: 'tiny',
  name: 'Tiny',
  image: { height: 32, width: 32, channels: 3 },
  classes: ['dark', 'medium', 'light'],
  classesRu: ['тёмный', 'средний', 'светлый'],
  mirrors: true,
  downloadBytes: 1,
  authors: 'made by this test',
  page: 'https://example.org',
  licence: 'CC0-1.0',
}

/** Noise whose mean tells the class, so that there is something to learn. */
function splitOf(count: number, seed: number): PreparedSplit {
  const random = new RandomNumbers(seed)
  const labels = Uint16Array.from({ length: count }, (_, image) => image % card.classes.length)
  const images = new Uint8Array(count * 32 * 32 * 3)
  for (let word = 0; word < images.length / 4; word += 1) {
    const noise = random.words('weights', 0, word)
    for (let lane = 0; lane < 4; lane += 1)
      images[word * 4 + lane] = (noise[lane] >>> 25) + 60 * labels[Math.floor((word * 4) / 3072)]
  }
  return { images, labels }
}

/** A small set of 32 x 32 colour images on disk, and orders to train the seed network on it. */
export interface TinyRun {
  readonly folder: string
  /** A batch of 20, checkpoints every 5 steps, no evaluation before the goal; what is given replaces these. */
  order(name: string, change?: Partial<TrainOrder>): TrainOrder
  /** What a preset and choices make for this set. */
  config(preset: PresetId, choices: RunChoices): RunConfig
  remove(): Promise<void>
}

export async function tinyRun(sizes: DatasetCard['sizes'] = { train: 130, test: 300 }): Promise<TinyRun> {
  const ofSizes = { ...card, sizes }
  const folder = await mkdtemp(path.join(tmpdir(), 'conv-lab-engine-'))
  const dataFolder = path.join(folder, card.id)
  const { prepared } = await writePreparedForm(dataFolder, {
    card: ofSizes,
    source: 'package',
    train: splitOf(sizes.train, 1),
    test: splitOf(sizes.test, 2),
  })
  const { config } = requestFor('seed', ofSizes, prepared, { batch: 20, learningRate: 1e-3 })
  return {
    folder,
    order: (name, change = {}) => ({
      run: 1,
      config,
      dataFolder,
      checkpointFolder: path.join(folder, name),
      from: null,
      branchPoint: null,
      threads: null,
      evaluated: false,
      goal: 20,
      evaluateEvery: 1000,
      checkpointEvery: 5,
      bestAccuracy: null,
      patience: null,
      evaluationsSinceBest: 0,
      healthEvery: 0,
      pauseAfter: null,
      ...change,
    }),
    config: (preset, choices) => requestFor(preset, ofSizes, prepared, choices).config,
    remove: () => rm(folder, { recursive: true, force: true }),
  }
}

type EventOf<Kind extends TrainEvent['kind']> = Extract<TrainEvent, { kind: Kind }>

/** The events of one kind. */
export function eventsOf<Kind extends TrainEvent['kind']>(events: readonly TrainEvent[], kind: Kind): EventOf<Kind>[] {
  return events.filter((event): event is EventOf<Kind> => event.kind === kind)
}

/** The losses told, by step; a step told twice would show as a gap. */
export function lossesOf(events: readonly TrainEvent[]): [step: number, loss: number][] {
  return eventsOf(events, 'steps').flatMap(({ first, loss }) =>
    loss.map((value, index): [number, number] => [first + index, value]),
  )
}

export function checkpointsOf(events: readonly TrainEvent[]): Checkpoint[] {
  return eventsOf(events, 'checkpoint').map(({ checkpoint }) => checkpoint)
}

/** The checkpoint of a step, as an order names it. */
export function checkpointAt(
  order: TrainOrder,
  events: readonly TrainEvent[],
  step: number,
): { path: string; sha256: string } {
  const found = checkpointsOf(events).find((checkpoint) => checkpoint.step === step)
  if (found === undefined) throw new Error(`no checkpoint at step ${step}`)
  return { path: path.join(order.checkpointFolder, found.file), sha256: found.sha256 }
}

/** A digest of the bits of each variable in a checkpoint file. */
export async function bitsOf(file: { readonly path: string }): Promise<Map<string, string>> {
  const { tensors } = parseSafetensors(await readFile(file.path))
  return new Map([...tensors].map(([name, { data }]) => [name, createHash('sha256').update(data).digest('hex')]))
}
