import { readdirSync } from 'node:fs'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { writeFileAtomically } from '../../../main/files/atomicFile.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'conv-lab-atomic-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

describe('a file written whole or not at all', () => {
  it('holds all chunks in their order, more of them than one call of the system takes', async () => {
    const target = path.join(folder, 'many')
    const chunks = Array.from({ length: 3000 }, (_, index) => new Uint8Array(index % 5).fill(index % 256))
    await writeFileAtomically(target, chunks)
    expect(Buffer.compare(await readFile(target), Buffer.concat(chunks))).toBe(0)
    expect(await readdir(folder)).toEqual(['many'])
  })

  it('is empty where there is nothing to write', async () => {
    const target = path.join(folder, 'nothing')
    await writeFileAtomically(target, [])
    expect(await readFile(target)).toHaveLength(0)
  })

  it('is not there yet under its name while it is being synced', async () => {
    const target = path.join(folder, 'late')
    const seen: string[][] = []
    await writeFileAtomically(target, [Uint8Array.of(1)], () => void seen.push(readdirSync(folder)))
    expect(seen).toEqual([[expect.stringMatching(/^\.writing-\w+-late$/)]])
  })

  it('stays as it was where what is done meanwhile fails, and nothing temporary is left', async () => {
    const target = path.join(folder, 'kept')
    await writeFile(target, 'before')
    const failing = writeFileAtomically(target, [Uint8Array.of(1)], () => {
      throw new Error('meanwhile')
    })
    await expect(failing).rejects.toMatchObject({ problem: { code: 'write-failed' } })
    expect(await readFile(target, 'utf8')).toBe('before')
    expect(await readdir(folder)).toEqual(['kept'])
  })
})
