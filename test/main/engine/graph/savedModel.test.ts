import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { LabError } from '../../../../core/words/problems.ts'
import { seedNetwork } from '../../../../core/run/presets.ts'
import { compileNetwork } from '../../../../main/engine/graph/compile.ts'
import { savedModelBytes, withSavedModel } from '../../../../main/engine/graph/savedModel.ts'
import { processor } from '../../../../main/engine/process/processor.ts'
import { loadTensorflow } from '../../../../main/engine/process/tensorflow.ts'
import { adamOptimizer } from './numbers.ts'

let folder = ''

beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'saved-model-test-'))
})

afterEach(() => {
  vi.unstubAllEnvs()
  rmSync(folder, { recursive: true, force: true })
})

describe('a network written as a SavedModel', () => {
  it('is read by tfjs as what it is: the signatures with their names, types and shapes', async () => {
    const { nodes, signatures } = compileNetwork({
      model: seedNetwork({ height: 24, width: 24, channels: 1 }, 7),
      optimizer: adamOptimizer,
      batch: 25,
      mixup: false,
      flips: false,
      processor,
    })
    writeFileSync(path.join(folder, 'saved_model.pb'), savedModelBytes(nodes, signatures))
    const [{ tags, signatureDefs }] = await loadTensorflow().node.getMetaGraphsFromSavedModel(folder)
    expect(tags).toEqual(['serve'])
    expect(Object.keys(signatureDefs).sort()).toEqual([
      'evaluate',
      'evaluateRising',
      'lowestScale',
      'read',
      'train',
      'write',
    ])
    const images = signatureDefs.train.inputs.images
    expect(images).toMatchObject({ dtype: 'float32', tfDtype: 'DT_FLOAT', name: 'train/images:0' })
    expect(Object.keys(signatureDefs.train.inputs).sort()).toEqual(['beta1', 'epsilon', 'images', 'labels', 'rate'])
    expect(signatureDefs.evaluate.outputs.correct.tfDtype).toBe('DT_INT32')
    expect(Object.keys(signatureDefs.read.outputs)).toContain('adam/norm_1/scale/v')
  })
})

describe('the folder in which it is lent', () => {
  it('holds the bytes while it is used and is gone afterwards, also when its use throws', () => {
    const lent = withSavedModel(Uint8Array.of(1, 2, 3), (place) => {
      expect(existsSync(path.join(place, 'saved_model.pb'))).toBe(true)
      return place
    })
    expect(existsSync(lent)).toBe(false)
    let thrownIn = ''
    const use = (place: string) => {
      thrownIn = place
      throw new Error('no')
    }
    expect(() => withSavedModel(Uint8Array.of(1), use)).toThrow('no')
    expect(thrownIn).not.toBe('')
    expect(existsSync(thrownIn)).toBe(false)
  })

  it('says in a sentence that it cannot be written', () => {
    for (const name of ['TMPDIR', 'TEMP']) vi.stubEnv(name, path.join(folder, 'not', 'there'))
    expect(() => withSavedModel(Uint8Array.of(1), () => undefined)).toThrow(LabError)
    expect(() => withSavedModel(Uint8Array.of(1), () => undefined)).toThrow(/could not be written \(ENOENT\)/)
  })
})
