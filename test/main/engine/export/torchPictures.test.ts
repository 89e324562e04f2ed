// @module-tag slow
import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import sharp, { type Sharp } from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { DatasetForm } from '../../../../core/data/dataChoice.ts'
import type { Pixels } from '../../../../core/data/pixels.ts'
import type { ExportedNetwork } from '../../../../core/export/exportedNetwork.ts'
import { probabilitiesFrom } from '../../../../core/inspect/probabilities.ts'
import { measure } from '../../../../core/network/geometry.ts'
import type { Model, ModelInput } from '../../../../core/network/model.ts'
import { imageOfPicture } from '../../../../main/datasets/images/givenPicture.ts'
import { networkFiles } from '../../../../main/engine/export/filesOf.ts'
import { scalePixels, pixelScale } from '../../../../main/engine/feed/pixelScale.ts'
import { InspectedNetwork } from '../../../../main/engine/inspect/inspectedNetwork.ts'
import { writeNewFile } from '../../../../main/files/newFolder.ts'
import { pythonEnvironment, torchPython } from './pythonEnvironment.ts'

const whole = { kind: 'whole' } as const

const forms: readonly { readonly form: DatasetForm; readonly image: ModelInput }[] = [
  { form: { side: 32, fit: 'fit', cut: whole }, image: { height: 32, width: 32, channels: 3 } },
  { form: { side: 25, fit: 'fit', cut: whole }, image: { height: 25, width: 25, channels: 1 } },
  { form: { side: null, fit: 'crop', cut: whole }, image: { height: 24, width: 30, channels: 1 } },
  {
    form: { side: 32, fit: 'crop', cut: { kind: 'object', margin: 0.1, least: 24 } },
    image: { height: 32, width: 32, channels: 3 },
  },
]

const classes = ['left', 'middle', 'right']
const pixels: Pixels = { kind: 'range', min: 0, max: 255 }

/** A network whose answer says which third of an image is the brightest, and by how much. */
function networkFor(image: ModelInput): ExportedNetwork {
  const { height, width, channels } = image
  const model: Model = {
    input: image,
    layers: [
      { kind: 'flatten', name: 'flatten' },
      { kind: 'dense', name: 'thirds', units: 3, bias: true, initializer: 'he-normal' },
    ],
    head: { kind: 'softmax', labelSmoothing: 0 },
  }
  const values = height * width * channels
  const kernel = new Float32Array(values * 3)
  for (let place = 0; place < values; place += 1) {
    const column = Math.floor(place / channels) % width
    kernel[place * 3 + Math.floor((3 * column) / width)] = 12 / values
  }
  const tensors = new Map([
    ['thirds/kernel', { shape: [values, 3], data: kernel }],
    ['thirds/bias', { shape: [3], data: new Float32Array(3) }],
  ])
  return { model, measured: measure(model), pixels, image, tensors }
}

function colours(width: number, height: number, colourAt: (column: number, row: number) => readonly number[]): Sharp {
  const values = Array.from({ length: width * height }, (_, place) =>
    colourAt(place % width, Math.floor(place / width)),
  ).flat()
  const channels = values.length === 3 * width * height ? 3 : 4
  return sharp(Uint8Array.from(values), { raw: { width, height, channels } })
}

/** Pictures that become other images where a step of their preparation is left out. */
const pictures: Readonly<Record<string, () => Promise<Buffer>>> = {
  // What is bright lies at the edge, which a crop cuts off.
  'wide.png': () =>
    colours(120, 40, (column) => (column < 40 ? [250, 30, 90] : [column, 60, 20]))
      .png()
      .toBuffer(),
  'tall.png': () =>
    colours(33, 71, (column, row) => [3 * row, 7 * column, 200 - row])
      .png()
      .toBuffer(),
  'turned.jpeg': () =>
    colours(40, 120, (_, row) => (row < 40 ? [240, 240, 240] : [row, 20, 20]))
      .withMetadata({ orientation: 6 })
      .jpeg({ quality: 100, chromaSubsampling: '4:4:4' })
      .toBuffer(),
  'transparent.png': () =>
    colours(48, 48, (column) => [255, 255, 255, column < 16 ? 0 : column < 32 ? 255 : 90])
      .png()
      .toBuffer(),
  'palette.png': () =>
    colours(48, 48, (column) => (column < 24 ? [255, 255, 255, 0] : [90, 200, 40, 255]))
      .png({ palette: true })
      .toBuffer(),
  'grey-transparent.png': () =>
    colours(40, 40, (column) => [200, 200, 200, column < 20 ? 255 : 0])
      .toColourspace('b-w')
      .png()
      .toBuffer(),
  'sixteen-bit.png': () =>
    sharp(
      Uint16Array.from({ length: 60 * 40 }, (_, place) => (place % 60) * 1000),
      {
        raw: { width: 60, height: 40, channels: 1 },
      },
    )
      .toColourspace('grey16')
      .png()
      .toBuffer(),
}

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'conv-lab-pictures-'))
  for (const [name, bytes] of Object.entries(pictures)) await writeFile(path.join(folder, name), await bytes())
})
afterAll(() => rm(folder, { recursive: true, force: true }))

interface Answer {
  readonly picture: string
  readonly answer: string
  readonly percent: number
}

/** What the lab answers for the pictures. */
async function labAnswers(network: ExportedNetwork, form: DatasetForm): Promise<Answer[]> {
  const { image, model, tensors } = network
  const inspected = new InspectedNetwork(model)
  inspected.write(tensors)
  const answers: Answer[] = []
  for (const [picture, bytes] of Object.entries(pictures)) {
    const made = await imageOfPicture(await bytes(), form, { ...image, channels: image.channels === 1 ? 1 : 3 })
    const entering = new Float32Array(made.length)
    scalePixels(made, pixelScale(pixels, image.channels), entering, 0, 0, made.length)
    const probabilities = probabilitiesFrom(model.head, [...inspected.answer(entering)])
    const most = Math.max(...probabilities)
    answers.push({ picture, answer: classes[probabilities.indexOf(most)], percent: 100 * most })
  }
  return answers
}

describe('load.py of a PyTorch folder', { tags: ['online'] }, () => {
  it.for(forms)(
    'answers for pictures as the lab does: $form.side, $form.fit, $form.cut.kind',
    { timeout: 120_000 },
    async ({ form, image }, { skip }) => {
      const { python, missing } = await pythonEnvironment(torchPython)
      if (python === null) return skip(`not checked: ${missing}`)
      const network = networkFor(image)
      const own = await mkdtemp(path.join(folder, 'network-'))
      for (const [name, pieces] of await networkFiles(network, {
        classes,
        form,
        format: 'pytorch',
        input: 'uint8',
        facts: { step: 12 },
      }))
        for await (const bytes of writeNewFile(path.join(own, name), pieces)) expect(bytes).toBeGreaterThan(0)

      const { stdout } = await promisify(execFile)(python, [path.join(own, 'load.py'), ...Object.keys(pictures)], {
        cwd: folder,
      })
      const answers = stdout
        .trim()
        .split('\n')
        .map((line) => line.split(' '))
      const expected = await labAnswers(network, form)
      expect(answers.map(([picture, answer]) => ({ picture, answer }))).toEqual(
        expected.map(({ picture, answer }) => ({ picture, answer })),
      )
      // Two programs that resize differ in some pixels by 1 of 255.
      for (const [place, { picture, percent }] of expected.entries())
        expect(Math.abs(Number.parseFloat(answers[place][2]) - percent), picture).toBeLessThan(0.5)
    },
  )
})
