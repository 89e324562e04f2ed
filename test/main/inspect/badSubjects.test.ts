// @module-tag slow
import { readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import type { ImageChoice } from '../../../core/inspect/imageChoice.ts'
import type { PictureQuestion } from '../../../core/inspect/pictureQuestion.ts'
import { sentenceOf } from '../../../core/words/problems.ts'
import { failureOf } from '../../../main/cli/failure.ts'
import { openLab } from '../openLab.ts'
import { smallCard, smallHome } from '../smallHome.ts'
import { inspectedLab } from './inspectedLab.ts'
import { storedRun } from './storedRun.ts'

const image: ImageChoice = { kind: 'stored', split: 'test', number: 12 }
const options = { format: 'png', scale: 1, title: null } as const

async function refusalOf(asked: Promise<unknown>): Promise<string> {
  return asked.then(
    () => 'answered',
    (thrown: unknown) => sentenceOf(failureOf(thrown, true), 'en'),
  )
}

describe('what cannot be looked at says why, and the rest is answered', () => {
  test('a checkpoint that was pruned, and one whose file is gone', async () => {
    const { client, lab, run } = await inspectedLab()
    expect(await refusalOf(client.look.predict({ run, checkpoint: 3, image }))).toBe(
      'Run 1 has no checkpoint at step 3. Its checkpoints are at: 0, 2, 4.',
    )
    const { file } = lab.history.checkpoint(run, 2)
    await rm(path.join(lab.home.checkpoints, String(run), file))
    const maps = client.look.maps({ run, checkpoint: 2, image, layer: 'conv_1' })
    expect(await refusalOf(maps)).toMatch(
      /^The checkpoint file step-000000002.safetensors is damaged \(there is no such file any more\)/,
    )
    expect(await client.look.predict({ run, checkpoint: 'last', image })).toMatchObject({ checkpoint: 4 })
  })

  test('a checkpoint in which one bit of a weight has turned', async () => {
    const { client, lab } = await openLab(await smallHome())
    const { run, checkpoint, folder } = await storedRun(lab, { card: smallCard })
    const { run: other } = await storedRun(lab, { card: smallCard })
    const file = path.join(folder, checkpoint.file)
    const bytes = await readFile(file)
    bytes[bytes.byteLength - 5] ^= 1
    await writeFile(file, bytes)
    const damaged = /^The checkpoint file .* is damaged \(its content has changed since it was written\)/
    const question = { run, checkpoint: 'last', image } as const
    expect(await refusalOf(client.look.predict(question))).toMatch(damaged)
    expect(await refusalOf(client.look.maps({ ...question, layer: 'conv_1' }))).toMatch(damaged)
    expect(await refusalOf(client.runs.weights({ run, layer: 'conv_1', checkpoint: 'last' }))).toMatch(damaged)
    // What needs no weights is still there.
    expect(await client.look.image({ run, image })).toMatchObject({ label: 2 })
    expect(await client.look.predict({ ...question, run: other })).toMatchObject({ run: other })
  })

  test('a set of a person’s own that was removed, and is no longer known', async () => {
    const { client, lab } = await openLab(await smallHome())
    const { run } = await storedRun(lab, { card: smallCard, dataset: 'own-birds' })
    const gone =
      'The images of this run, own-birds, were removed from this computer. Import them again under the same name on the Data page.'
    const question = { run, checkpoint: 'last', image } as const
    expect(await refusalOf(client.look.image({ run, image }))).toBe(gone)
    expect(await refusalOf(client.look.predict(question))).toBe(gone)
    expect(await refusalOf(client.look.maps({ ...question, layer: 'conv_1' }))).toBe(gone)
    expect(await client.look.kernels({ run, checkpoint: 'last', layer: 'conv_1' })).toMatchObject({ run })
  })

  test('a data set that was removed: its weights can still be seen', async () => {
    const { client, lab } = await openLab(await smallHome())
    const { run, checkpoint } = await storedRun(lab, { card: smallCard })
    await client.datasets.remove({ dataset: smallCard.id })
    const gone = /^CIFAR-10 is not on this computer yet\. Download it/
    expect(await refusalOf(client.look.predict({ run, checkpoint: 'last', image }))).toMatch(gone)
    expect(await refusalOf(client.look.maps({ run, checkpoint: 'last', image, layer: 'conv_1' }))).toMatch(gone)
    expect(await refusalOf(client.look.image({ run, image }))).toMatch(gone)

    const kernels: PictureQuestion = {
      what: 'kernels',
      run,
      step: 0,
      sha256: checkpoint.sha256.slice(0, 12),
      layer: 'conv_1',
      inputChannel: 0,
    }
    const drawn = await client.look.picture({ question: kernels, options })
    expect((await sharp(Buffer.from(drawn.bytes, 'base64')).metadata()).format).toBe('png')
    expect(await client.runs.weights({ run, layer: 'classes', checkpoint: 'last' })).toMatchObject({
      inputChannel: null,
    })
  })
})

/** An untrained run in which finite weights of these layers give products that are not. */
async function overflowing(layers: readonly string[]) {
  const { client, lab } = await openLab(await smallHome())
  const kernels = layers.map((layer) => `${layer}/kernel`)
  const { run, checkpoint } = await storedRun(lab, {
    card: smallCard,
    weights: (weights) =>
      new Map(
        [...weights].map(([name, { shape, data }]) => [
          name,
          { shape, data: kernels.includes(name) ? data.map((value) => value * 1e20) : data },
        ]),
      ),
  })
  return { client, checkpoint, question: { run, checkpoint: 'last', image } as const }
}

describe('a network whose values overflow', () => {
  test('does not predict, and its other layers can be seen', async () => {
    const { client, question } = await overflowing(['fc_2', 'classes'])
    expect(await refusalOf(client.look.predict(question))).toMatch(
      /^The network of run 1 at step 0 gives no finite numbers for this image\./,
    )
    const { maps: units, shape } = await client.look.maps({ ...question, layer: 'classes' })
    expect(shape).toEqual([10])
    const broken = units.findIndex(({ notFinite }) => notFinite > 0)
    expect(units[broken]).toEqual({ min: 0, max: 0, mean: 0, notFinite: 1 })
    expect(await client.look.map({ ...question, layer: 'classes', map: broken })).toMatchObject({ values: [null] })
    const { maps } = await client.look.maps({ ...question, layer: 'conv_1' })
    expect(maps.every(({ notFinite }) => notFinite === 0)).toBe(true)
  })

  test('has maps of what is finite, with the rest counted and left out of the picture', async () => {
    const { client, checkpoint, question } = await overflowing(['conv_1', 'conv_2'])
    const { maps } = await client.look.maps({ ...question, layer: 'conv_2' })
    const broken = maps.findIndex(({ notFinite }) => notFinite > 0)
    const { values } = await client.look.map({ ...question, layer: 'conv_2', map: broken })
    expect(values.filter((value) => value === null)).toHaveLength(maps[broken].notFinite)

    const sha256 = checkpoint.sha256.slice(0, 12)
    const of = { run: question.run, step: 0, sha256, image, layer: 'conv_2', map: broken, scale: 'map' } as const
    const drawn = await client.look.picture({ question: { what: 'map', ...of }, options })
    const pixels = await sharp(Buffer.from(drawn.bytes, 'base64')).raw().toBuffer()
    values.forEach((value, at) => expect(pixels[4 * at + 3]).toBe(value === null ? 0 : 255))
  })

  test.each([[['fc_2', 'classes']], [['conv_1', 'conv_2']]])(
    'with the weights of %s is explained as far as it is finite, or refused in its sentence',
    async (layers) => {
      const { client, question } = await overflowing(layers)
      const { look } = client
      const lastOf = async (parts: Promise<AsyncIterable<unknown>>): Promise<unknown> => {
        let last: unknown = null
        for await (const part of await parts) last = part
        return last
      }
      const { run, checkpoint } = question
      const place = { y: 0, x: 0, map: 0, inputChannel: null }
      const asked = [
        look.saliency({ ...question, label: 1 }),
        look.cam({ ...question, label: 1, layer: 'conv_2' }),
        lastOf(look.occlusion({ ...question, label: 1, side: 12, stride: 6 })),
        look.fgsm(question),
        lastOf(look.find({ run, checkpoint, split: 'test', from: 0, label: null, wrong: true })),
        look.kernels({ run, checkpoint, layer: 'conv_2' }),
        ...['conv_2', 'relu_2', 'pool_2', 'fc_1', 'classes'].map((layer) =>
          look.value({ ...question, ...place, layer }),
        ),
      ]
      const refusals = await Promise.all(asked.map(refusalOf))
      for (const refusal of refusals) expect(refusal).toMatch(/^answered$|gives no finite numbers for this image/)
    },
  )
})
