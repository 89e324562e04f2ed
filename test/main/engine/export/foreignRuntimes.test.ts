// @module-tag slow
import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { NetworkFormat, PixelInput } from '../../../../core/run/runExport.ts'
import { networkFiles } from '../../../../main/engine/export/filesOf.ts'
import { writeNewFile } from '../../../../main/files/newFolder.ts'
import { differences } from '../graph/numbers.ts'
import { type ExportedCase, exportedCases, writeCase } from './exportedCases.ts'
import { onnxPython, pythonEnvironment, tensorflowPython, torchPython } from './pythonEnvironment.ts'

const Answers = z.record(z.string(), z.array(z.array(z.number())))

let folder = ''
let cases: readonly ExportedCase[] = []
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'conv-lab-runtimes-'))
  cases = exportedCases()
})
afterAll(() => rm(folder, { recursive: true, force: true }))

/** Writes all networks in a format, an odd one of which takes the other type of pixels where there is a choice. */
async function written(format: NetworkFormat, input: (place: number) => PixelInput): Promise<string> {
  const place = path.join(folder, format)
  for (const [index, one] of cases.entries()) {
    const own = await writeCase(place, one)
    const words = { classes: one.classes, format, input: input(index), facts: { step: 12 } }
    for (const [name, pieces] of await networkFiles(one.network, words))
      for await (const bytes of writeNewFile(path.join(own, name), pieces)) expect(bytes).toBeGreaterThan(0)
  }
  return place
}

interface Runtime {
  readonly name: string
  readonly python: Parameters<typeof pythonEnvironment>[0]
  readonly format: NetworkFormat
  readonly program: string
}

const runtimes: readonly Runtime[] = [
  { name: 'ONNX Runtime', python: onnxPython, format: 'onnx', program: 'askOnnx.py' },
  { name: 'TensorFlow', python: tensorflowPython, format: 'saved-model', program: 'askSavedModel.py' },
  { name: 'Keras', python: tensorflowPython, format: 'keras', program: 'askKeras.py' },
  { name: 'PyTorch', python: torchPython, format: 'pytorch', program: 'askTorch.py' },
]

describe.for(runtimes)('$name', { tags: ['online'] }, ({ python: wanted, format, program }) => {
  it('answers as the engine does, for all networks', { timeout: 600_000 }, async ({ skip }) => {
    const { python, missing } = await pythonEnvironment(wanted)
    if (python === null) return skip(`not checked: ${missing}`)
    const place = await written(format, (index) => (index % 2 === 0 ? 'uint8' : 'float32'))
    const { stdout } = await promisify(execFile)(python, [path.join(import.meta.dirname, program), place], {
      env: { ...process.env, TF_CPP_MIN_LOG_LEVEL: '3' },
      maxBuffer: 64 * 1024 * 1024,
    })
    const answers = Answers.parse(JSON.parse(stdout))
    for (const { name, probabilities } of cases)
      expect({ name, differences: differences(answers[name].flat(), probabilities.flat(), 1e-5) }).toEqual({
        name,
        differences: [],
      })
  })
})
