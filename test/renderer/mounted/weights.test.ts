// @module-tag slow
import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { flushSync } from 'svelte'
import { expect, test } from 'vitest'
import { variablesOf } from '../../../core/network/geometry.ts'
import { safetensorsParts } from '../../../main/engine/checkpoint/safetensors.ts'
import WeightsCard from '../../../renderer/pages/Train/weights/WeightsCard.svelte'
import WeightsField from '../../../renderer/pages/Train/weights/WeightsField.svelte'
import { nextRun } from '../../../renderer/state/nextRun.svelte.ts'
import { weightsDraft } from '../../../renderer/state/weightsDraft.svelte.ts'
import { openLab } from '../../main/openLab.ts'
import { smallHome } from '../../main/smallHome.ts'
import { until } from '../labEnd.ts'
import { connectTo, element, press, says, saysNoMore, show, typeInto } from './mountedWindow.ts'

const label = 'Path of a safetensors or ONNX file on this computer'

test('a person looks through which tensor goes where, and only what they confirm is taken', async () => {
  const home = await smallHome()
  const { lab } = await openLab(home)
  await connectTo(lab)
  nextRun.chooseDataset('cifar-10')
  const { model } = nextRun
  if (model === null) throw new Error('there is no network')
  const [kernel, bias] = variablesOf(model)
  const zeros = ({ shape }: { readonly shape: readonly number[] }) => ({
    shape: [...shape],
    data: new Float32Array(shape.reduce((product, extent) => product * extent, 1)),
  })
  const file = path.join(home.folder, 'mine.safetensors')
  const tensors = new Map([
    [kernel.name, zeros(kernel)],
    [bias.name, zeros(bias)],
    ['classes/bias', zeros({ shape: [3] })],
    ['far/kernel', zeros({ shape: [2, 7] })],
  ])
  await writeFile(file, Buffer.concat(safetensorsParts({ tensors, metadata: {} })))

  show(WeightsField, {})
  weightsDraft.open('file')
  show(WeightsCard, {})
  typeInto(label, path.join(home.folder, 'none.onnx'))
  press('button', 'Read it')
  await says('could not be read')
  typeInto(label, file)
  press('button', 'Read it')
  await says('Taken: 2 of 14 tensors.')
  await saysNoMore('could not be read')
  await says('same name')
  await says('classes/bias has the shape 3')
  await says('Not used: classes/bias, far/kernel.')

  weightsDraft.chooseFor(kernel.name, null)
  flushSync()
  await says('No tensor is taken.')
  expect(element('button', 'Use these weights').getAttribute('aria-disabled')).toBe('true')
  weightsDraft.chooseFor(kernel.name, { tensor: kernel.name, turn: 'as-it-is' })
  flushSync()
  expect(nextRun.request?.config.from).toBeUndefined()
  press('button', 'Use these weights')
  await until(() => nextRun.weights !== null)
  await says('mine.safetensors: 2 of 14 tensors; begin anew: norm_1, conv_2')
  expect(nextRun.request?.config.from).toEqual(nextRun.weights?.from)

  // A layer that takes nothing should not be held fixed.
  const { weights } = nextRun
  if (weights === null) throw new Error('no weights were taken')
  nextRun.weights = { ...weights, frozen: ['conv_1', 'conv_2'] }
  await says('Frozen, but not taken from elsewhere: conv_2.')
  // The table was confirmed for another network.
  nextRun.choosePreset('quick')
  expect(nextRun.prepared).toMatchObject({ ok: false, problem: { code: 'weights-other-network' } })
  nextRun.weights = null
  expect(nextRun.prepared.ok).toBe(true)
})
