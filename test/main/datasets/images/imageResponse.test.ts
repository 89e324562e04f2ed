import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { averageAddress, type DatasetCard } from '../../../../core/data/dataset.ts'
import { imageResponse } from '../../../../main/datasets/images/imageResponse.ts'
import { DatasetStore } from '../../../../main/datasets/datasetStore.ts'
import { writePreparedForm } from '../../../../main/files/preparedForm.ts'
import { tinyCard, tinyTest, tinyTrain } from '../tinySets.ts'

const greyCard: DatasetCard = {
  ...tinyCard,
  id: 'grey',
  name: 'Grey',
  image: { height: 2, width: 3, channels: 1 },
  sizes: { train: 1, test: 2 },
}
const greyTest = { images: Uint8Array.of(0, 50, 100, 150, 200, 250, 9, 8, 7, 6, 5, 4), labels: Uint16Array.of(0, 1) }

let folder: string
let store: DatasetStore

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'conv-lab-'))
  await writePreparedForm(path.join(folder, 'tiny'), {
    card: tinyCard,
    source: 'publisher',
    train: tinyTrain,
    test: tinyTest,
  })
  await writePreparedForm(path.join(folder, 'grey'), {
    card: greyCard,
    source: 'publisher',
    train: { images: new Uint8Array(6), labels: Uint16Array.of(2) },
    test: greyTest,
  })
  const missing = { ...greyCard, id: 'missing', name: 'Missing' }
  const definitions = [tinyCard, greyCard, missing].map((card) => ({
    card,
    pixelStatistics: null,
    fileNames: null,
    sha256: null,
    sources: [],
    alsoRead: [],
    pictures: null,
  }))
  store = new DatasetStore({ folder, onChange: () => undefined, definitions })
})
afterAll(async () => {
  await store.close()
  await rm(folder, { recursive: true })
})

function ask(address: string, method = 'GET'): Promise<Response> {
  return imageResponse(new Request(new URL(address, 'http://127.0.0.1'), { method }), store.images)
}

async function pixelsOf(
  response: Response,
  space: 'srgb' | 'b-w' = 'srgb',
): Promise<{ width: number; height: number; channels: number; values: number[] }> {
  const { data, info } = await sharp(Buffer.from(await response.arrayBuffer()))
    .toColourspace(space)
    .raw()
    .toBuffer({ resolveWithObject: true })
  return { width: info.width, height: info.height, channels: info.channels, values: [...data] }
}

function version(id: string): string {
  return store.entry(id).prepared?.sha256.slice(0, 12) ?? ''
}

test('every sample leads to its own pixels, to be kept for good', async () => {
  const samples = await store.images.samples('tiny', 'train', 9, 1)
  expect(samples).toHaveLength(9)
  for (const { url, index, label } of samples) {
    const response = await ask(url)
    expect(response.status).toBe(200)
    expect(response.headers.get('content-type')).toBe('image/png')
    expect(response.headers.get('cache-control')).toContain('immutable')
    expect(await pixelsOf(response)).toEqual({
      width: 3,
      height: 4,
      channels: 3,
      values: [...tinyTrain.images.subarray(index * 36, (index + 1) * 36)],
    })
    expect(label).toBe(tinyTrain.labels[index])
  }
})

test('a grey image stays grey, and HEAD brings its size alone', async () => {
  const url = `/images/grey/own/2.png?v=${version('grey')}`
  const response = await ask(url)
  const bytes = Buffer.from(await response.clone().arrayBuffer())
  expect((await sharp(bytes).metadata()).channels).toBe(1)
  expect(await pixelsOf(response, 'b-w')).toMatchObject({
    width: 3,
    height: 2,
    channels: 1,
    values: [9, 8, 7, 6, 5, 4],
  })
  const head = await ask(url, 'HEAD')
  expect(head.headers.get('content-length')).toBe(String(bytes.byteLength))
  expect((await head.arrayBuffer()).byteLength).toBe(0)
})

test('the average of a class has an address of its own', async () => {
  const [form] = store.entry('grey').forms
  const response = await ask(averageAddress('grey', form, 1))
  expect(response.headers.get('cache-control')).toContain('immutable')
  expect(await pixelsOf(response, 'b-w')).toMatchObject({
    width: 3,
    height: 2,
    channels: 1,
    values: [9, 8, 7, 6, 5, 4],
  })
  expect((await ask(averageAddress('grey', form, 3))).status).toBe(404)
})

test.each([
  ['past the last image', (v: string) => `/images/tiny/own/14.png?v=${v}`],
  ['of other data', () => '/images/tiny/own/0.png?v=000000000000'],
  ['with a short version', (v: string) => `/images/tiny/own/0.png?v=${v.slice(0, 3)}`],
  ['of an unknown set', (v: string) => `/images/none/own/0.png?v=${v}`],
  ['of a set that is not here', (v: string) => `/images/missing/own/0.png?v=${v}`],
])('an address %s is not found', async (_what, address) => {
  const response = await ask(address(version('tiny')))
  expect(response.status).toBe(404)
  expect(response.headers.get('cache-control')).toBe('no-store')
})

test.each([
  '/images/tiny/own/0.png',
  '/images/tiny/OWN/0.png?v=0',
  '/images/tiny/own/-1.png?v=0',
  '/images/tiny/own/1e3.png?v=0',
  '/images/tiny/own/0.jpg?v=0',
  '/images/../own/0.png?v=0',
  '/images/%2e%2e%2f/own/0.png?v=0',
  '/elsewhere',
])('%s is no address of an image', async (address) => {
  expect((await ask(address)).status).toBe(400)
})

test('images can only be read', async () => {
  expect((await ask(`/images/tiny/own/0.png?v=${version('tiny')}`, 'POST')).status).toBe(405)
})
