import { createHash } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { requestFor } from '../../../../core/run/presets.ts'
import { LabError } from '../../../../core/words/problems.ts'
import type { EngineIdentity } from '../../../../core/run/run.ts'
import {
  configSha256Of,
  firstNotFinite,
  readCheckpoint,
  writeCheckpoint,
  type Snapshot,
} from '../../../../main/engine/checkpoint/checkpointFile.ts'
import { parseSafetensors } from '../../../../main/engine/checkpoint/safetensors.ts'

const { config } = requestFor(
  'seed',
  {
    id: 'some',
    name: 'Some',
    image: { height: 32, width: 32, channels: 3 },
    classes: ['a', 'b'],
    classesRu: ['а', 'б'],
    sizes: { train: 1000, test: 100 },
    mirrors: true,
  },
  { sha256: 'a'.repeat(64) },
)
const engine: EngineIdentity = {
  tensorflow: '2',
  binding: '4',
  node: '24',
  processor: 'some',
  threads: 2,
  graphVersion: 2,
}
const snapshot: Snapshot = {
  step: 300,
  trainingSeconds: 12.345678901234567,
  variables: new Map([
    ['fc/kernel', { shape: [2, 2], data: Float32Array.of(1, 2, 3, 4) }],
    ['adam/fc/kernel/m', { shape: [2, 2], data: Float32Array.of(0.1, 0.2, 0.3, 0.4) }],
  ]),
}

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'conv-lab-checkpoint-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const written = async () => {
  const checkpoint = await writeCheckpoint(path.join(folder, 'runs', '1'), snapshot, config, engine, 'interval')
  return { checkpoint, file: { path: path.join(folder, 'runs', '1', checkpoint.file), sha256: checkpoint.sha256 } }
}

describe('a checkpoint', () => {
  it('gives back all that training needs, exactly', async () => {
    const { file } = await written()
    expect(await readCheckpoint(file, config)).toEqual(snapshot)
  })

  it('is described by its name, length and hash, and describes itself in its header', async () => {
    const { checkpoint, file } = await written()
    const bytes = await readFile(file.path)
    expect(checkpoint).toMatchObject({
      step: 300,
      file: 'step-000000300.safetensors',
      bytes: bytes.length,
      reason: 'interval',
    })
    expect(checkpoint.sha256).toBe(createHash('sha256').update(bytes).digest('hex'))
    const { metadata } = parseSafetensors(bytes)
    expect(metadata).toMatchObject({
      format: 'conv-lab-checkpoint-1',
      step: '300',
      configSha256: configSha256Of(config),
    })
    expect(JSON.parse(metadata.config)).toEqual(config)
    const { graphVersion: forms, ...rest } = engine
    expect(JSON.parse(metadata.engine)).toEqual({ ...rest, forms })
  })

  it('is alone in its folder: nothing temporary is left', async () => {
    await written()
    expect(await readdir(path.join(folder, 'runs', '1'))).toEqual(['step-000000300.safetensors'])
  })

  const damaged = expect.objectContaining({ problem: expect.objectContaining({ code: 'checkpoint-damaged' }) })

  it.each([0, 4, 60, -1])('that was cut to %i bytes is refused', async (length) => {
    const { checkpoint, file } = await written()
    await truncate(file.path, length < 0 ? checkpoint.bytes + length : length)
    await expect(readCheckpoint(file, config)).rejects.toEqual(damaged)
  })

  it('with one changed bit in its last weight is refused', async () => {
    const { file } = await written()
    const bytes = await readFile(file.path)
    bytes[bytes.length - 3] ^= 1
    await writeFile(file.path, bytes)
    await expect(readCheckpoint(file, config)).rejects.toEqual(damaged)
  })

  it('that is gone is refused', async () => {
    const { file } = await written()
    await expect(readCheckpoint({ ...file, path: `${file.path}.gone` }, config)).rejects.toEqual(damaged)
  })

  it('of other settings is refused as what it is, whichever hash is expected', async () => {
    const { file } = await written()
    const other = { ...config, seed: config.seed + 1 }
    const foreign = { problem: { code: 'checkpoint-foreign', parameters: { file: 'step-000000300.safetensors' } } }
    await expect(readCheckpoint(file, other)).rejects.toMatchObject(foreign)
    await expect(readCheckpoint({ ...file, sha256: '0'.repeat(64) }, other)).rejects.toMatchObject(foreign)
  })

  it('cannot be written where a file stands in the way of its folder: one sentence, nothing left', async () => {
    await writeFile(path.join(folder, 'runs'), 'in the way')
    const failure = await written().then(
      () => null,
      (thrown: unknown) => thrown,
    )
    expect(failure).toBeInstanceOf(LabError)
    expect(failure).toMatchObject({ problem: { code: 'write-failed' } })
    expect(await readdir(folder)).toEqual(['runs'])
  })
})

describe('the hash of a configuration', () => {
  it('does not depend on the order of keys, and changes with any value', () => {
    const reordered = Object.fromEntries(Object.entries(config).toReversed())
    expect(configSha256Of({ ...config, ...reordered })).toBe(configSha256Of(config))
    expect(configSha256Of({ ...config, batch: config.batch + 1 })).not.toBe(configSha256Of(config))
  })
})

describe('the check for finite weights', () => {
  it.each([NaN, Infinity, -Infinity])('finds %f', (value) => {
    const variables = new Map([
      ...snapshot.variables,
      ['bad', { shape: [3], data: Float32Array.of(0, 0, value) }] as const,
    ])
    expect(firstNotFinite(variables)).toBe('bad')
    expect(firstNotFinite(snapshot.variables)).toBeNull()
  })

  it('finds one in any place of a tensor, and two that would cancel each other', () => {
    for (let place = 0; place < 11; place += 1) {
      const data = new Float32Array(11).fill(3.4e38)
      expect(firstNotFinite(new Map([['full', { shape: [11], data }]]))).toBeNull()
      data[place] = -Infinity
      expect(firstNotFinite(new Map([['full', { shape: [11], data }]]))).toBe('full')
      data[(place + 4) % 11] = Infinity
      expect(firstNotFinite(new Map([['full', { shape: [11], data }]]))).toBe('full')
    }
  })
})
