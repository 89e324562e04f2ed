// @module-tag slow
import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { ownForm } from '../../../../core/data/dataChoice.ts'
import type { NetworkFormat, PixelInput } from '../../../../core/run/runExport.ts'
import { networkFiles } from '../../../../main/engine/export/filesOf.ts'
import { writeNewFile } from '../../../../main/files/newFolder.ts'
import { differences } from '../graph/numbers.ts'
import { type ExportedCase, exportedCases, writeCase } from './exportedCases.ts'
import { onnxNodeFolder } from './nodeEnvironment.ts'
import { onnxPython, pythonEnvironment, tensorflowPython, torchPython } from './pythonEnvironment.ts'

const Answers = z.record(z.string(), z.array(z.array(z.number())))

let folder = ''
let cases: readonly ExportedCase[] = []
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'conv-lab-runtimes-'))
  cases = exportedCases()
})
afterAll(() => rm(folder, { recursive: true, force: true }))

/** Writes all networks for a runtime, an odd one of which takes the other type of pixels where there is a choice. */
async function written(runtime: string, format: NetworkFormat, input: (place: number) => PixelInput): Promise<string> {
  const place = path.join(folder, runtime)
  for (const [index, one] of cases.entries()) {
    const own = await writeCase(place, one)
    const words = { classes: one.classes, form: ownForm, format, input: input(index), facts: { step: 12 } }
    for (const [name, pieces] of await networkFiles(one.network, words))
      for await (const bytes of writeNewFile(path.join(own, name), pieces)) expect(bytes).toBeGreaterThan(0)
  }
  return place
}

/** A program to run with its first arguments, or why there is none. */
type Asked = { readonly command: readonly [string, ...string[]] } | { readonly missing: string }

interface Runtime {
  readonly name: string
  readonly format: NetworkFormat
  readonly asked: () => Promise<Asked>
}

function inPython(wanted: Parameters<typeof pythonEnvironment>[0], program: string): Runtime['asked'] {
  return async () => {
    const { python, missing } = await pythonEnvironment(wanted)
    return python === null ? { missing } : { command: [python, path.join(import.meta.dirname, program)] }
  }
}

async function inNode(): Promise<Asked> {
  const { folder: packages, missing } = await onnxNodeFolder()
  if (packages === null) return { missing }
  return { command: [process.execPath, path.join(import.meta.dirname, 'askOnnx.mjs'), packages] }
}

const runtimes: readonly Runtime[] = [
  { name: 'ONNX Runtime', format: 'onnx', asked: inPython(onnxPython, 'askOnnx.py') },
  { name: 'ONNX Runtime for Node', format: 'onnx', asked: inNode },
  { name: 'TensorFlow', format: 'saved-model', asked: inPython(tensorflowPython, 'askSavedModel.py') },
  { name: 'Keras', format: 'keras', asked: inPython(tensorflowPython, 'askKeras.py') },
  { name: 'PyTorch', format: 'pytorch', asked: inPython(torchPython, 'askTorch.py') },
]

describe.for(runtimes)('$name', { tags: ['online'] }, ({ name: runtime, format, asked }) => {
  it('answers as the engine does, for all networks', { timeout: 600_000 }, async ({ skip }) => {
    const program = await asked()
    if ('missing' in program) return skip(`not checked: ${program.missing}`)
    const place = await written(runtime, format, (index) => (index % 2 === 0 ? 'uint8' : 'float32'))
    const [command, ...first] = program.command
    const { stdout } = await promisify(execFile)(command, [...first, place], {
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
