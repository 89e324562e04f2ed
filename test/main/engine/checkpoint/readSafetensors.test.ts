import { createHash } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  readSafetensors,
  readSafetensorsAtOnce,
  type ReadSafetensors,
} from '../../../../main/engine/checkpoint/readSafetensors.ts'
import { SafetensorsError, safetensorsParts } from '../../../../main/engine/checkpoint/safetensors.ts'
import type { TensorValue } from '../../../../main/engine/shared/tensorValue.ts'

function tensor(length: number, first: number): TensorValue {
  return { shape: [length], data: Float32Array.from({ length }, (_, place) => first + place) }
}

/** More than is read at once, and boundaries between tensors where none between two parts is. */
const tensors = new Map<string, TensorValue>([
  ['a', tensor(3, 1)],
  ['b', tensor(600_000, 100)],
  ['empty', { shape: [0, 4], data: new Float32Array() }],
  ['c', tensor(7, 5)],
  ['d', tensor(300_001, 9)],
])
const bytes = Buffer.concat(safetensorsParts({ tensors, metadata: { step: '300' } }))
let folder: string
let file: string

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'conv-lab-tensors-'))
  file = path.join(folder, 'all.safetensors')
  await writeFile(file, bytes)
})

afterAll(() => rm(folder, { recursive: true }))

const ways: [string, ReadSafetensors][] = [
  ['a part at a time', readSafetensors],
  ['at once', readSafetensorsAtOnce],
]
const all = (): boolean => true

describe.each(ways)('a file of tensors that is read %s', (_, read) => {
  it('gives back all of them with the sha256 of the file', async () => {
    const found = await read(file, all)
    expect(found.metadata).toEqual({ step: '300' })
    expect([...found.tensors.keys()]).toEqual([...tensors.keys()])
    for (const [name, { shape, data }] of tensors) {
      expect(found.tensors.get(name)?.shape).toEqual(shape)
      expect(
        found.tensors.get(name)?.data.every((value, place) => value === data[place]),
        name,
      ).toBe(true)
    }
    expect(found.sha256).toBe(createHash('sha256').update(bytes).digest('hex'))
  })

  it('gives only those that are wanted, with the same sha256', async () => {
    const found = await read(file, (name) => name === 'c')
    expect(found.tensors).toEqual(new Map([['c', tensor(7, 5)]]))
    expect(found.sha256).toBe(createHash('sha256').update(bytes).digest('hex'))
  })

  it.each([0, 7, 8, 50, bytes.length - 1])('that was cut to %i bytes is refused', async (length) => {
    const cut = path.join(folder, 'cut.safetensors')
    await writeFile(cut, bytes.subarray(0, length))
    await expect(async () => read(cut, all)).rejects.toBeInstanceOf(SafetensorsError)
  })

  it('that is gone is refused by the system', async () => {
    await expect(async () => read(path.join(folder, 'gone'), all)).rejects.toMatchObject({ code: 'ENOENT' })
  })
})
