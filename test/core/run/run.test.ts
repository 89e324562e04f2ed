import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { canonicalJson } from '../../../core/numbers/canonicalJson.ts'
import type { DatasetView } from '../../../core/data/datasetView.ts'
import { requestFor } from '../../../core/run/presets.ts'
import { hasReached, RunConfig } from '../../../core/run/run.ts'
import { mnist } from '../../../main/datasets/sets/mnist.ts'

test.each([
  { at: 'before any checkpoint', checkpointStep: null, measured: null, goal: 10, reached: false },
  { at: 'on its way', checkpointStep: 5, measured: 5, goal: 10, reached: false },
  { at: 'at its goal and measured there', checkpointStep: 10, measured: 10, goal: 10, reached: true },
  { at: 'at its goal, cut off before its last evaluation', checkpointStep: 10, measured: 5, goal: 10, reached: false },
  {
    at: 'with metrics up to its goal, cut off before its last checkpoint',
    checkpointStep: 5,
    measured: 5,
    goal: 10,
    reached: false,
  },
  { at: 'beyond it', checkpointStep: 10, measured: 10, goal: 7, reached: true },
  { at: 'beyond it, not measured', checkpointStep: 10, measured: 5, goal: 7, reached: true },
])('a run $at: $reached', ({ checkpointStep, measured, goal, reached }) => {
  const last = measured === null ? null : { step: measured, loss: 1, accuracy: 0.5, validation: null }
  expect(hasReached({ checkpointStep, last }, goal)).toBe(reached)
})

/** As a lab wrote it that knew nothing of choices, and the hash under which it stored it. */
const earlier = {
  text: '{"augmentation":{"brightness":0,"contrast":null,"cutout":null,"flip":false,"hue":0,"mixup":null,"pad":null,"randomCrop":true,"rotation":0,"saturation":null,"shift":0},"batch":250,"data":{"dataset":"mnist","pixels":{"deviation":[78.6],"kind":"standard","mean":[33.3]},"sha256":"0000000000000000000000000000000000000000000000000000000000000000","validationShare":0},"evaluation":{"flips":false},"format":1,"model":{"head":{"kind":"softmax","labelSmoothing":0.1},"input":{"channels":1,"height":24,"width":24},"layers":[{"bias":false,"filters":32,"initializer":"he-normal","kernel":{"height":3,"width":3},"kind":"conv","name":"conv_1","padding":"same","stride":1},{"kind":"max-pool","name":"pool_1","padding":"valid","scaling":null,"size":2,"stride":2},{"epsilon":0.00001,"kind":"batch-norm","momentum":0.9,"name":"norm_1"},{"function":{"kind":"relu"},"kind":"activation","name":"relu_1"},{"bias":false,"filters":48,"initializer":"he-normal","kernel":{"height":3,"width":3},"kind":"conv","name":"conv_2","padding":"same","stride":1},{"kind":"max-pool","name":"pool_2","padding":"valid","scaling":null,"size":2,"stride":2},{"epsilon":0.00001,"kind":"batch-norm","momentum":0.9,"name":"norm_2"},{"function":{"kind":"relu"},"kind":"activation","name":"relu_2"},{"bias":false,"filters":96,"initializer":"he-normal","kernel":{"height":3,"width":3},"kind":"conv","name":"conv_3","padding":"same","stride":1},{"kind":"max-pool","name":"pool_3","padding":"valid","scaling":null,"size":2,"stride":2},{"epsilon":0.00001,"kind":"batch-norm","momentum":0.9,"name":"norm_3"},{"function":{"kind":"relu"},"kind":"activation","name":"relu_3"},{"bias":false,"filters":96,"initializer":"he-normal","kernel":{"height":3,"width":3},"kind":"conv","name":"conv_4","padding":"same","stride":1},{"epsilon":0.00001,"kind":"batch-norm","momentum":0.9,"name":"norm_4"},{"function":{"kind":"relu"},"kind":"activation","name":"relu_4"},{"kind":"global-max-pool","name":"pool_4","scaling":null},{"bias":true,"initializer":"glorot-uniform","kind":"dense","name":"classes","units":2}]},"optimizer":{"clipNorm":null,"kind":"sgd","momentum":0.9,"nesterov":true,"weightDecay":0.0005},"schedule":{"endDivisor":10000,"kind":"one-cycle","learningRate":0.4,"momentum":{"max":0.95,"min":0.85},"riseShare":0.25,"startDivisor":25,"steps":960,"warmUp":null},"seed":1}',
  sha256: '387ca2a9a48935c6b4ec6a250c6d95b69f86f9d44d0b1b91302a0bbe1116af28',
}

test('a configuration from before a run could choose of its set is read, and keeps its text and hash', () => {
  const read = RunConfig.parse(JSON.parse(earlier.text))
  expect(canonicalJson(read)).toBe(earlier.text)
  expect(createHash('sha256').update(canonicalJson(read)).digest('hex')).toBe(earlier.sha256)
})

test('a run of everything as published is written as it was before', () => {
  const classes = ['dark', 'light']
  const set: DatasetView = {
    id: 'mnist',
    name: 'MNIST',
    image: { height: 28, width: 28, channels: 1 },
    classes,
    classesRu: classes,
    sizes: { train: 300, test: 10 },
    mirrors: false,
    pixelStatistics: mnist.pixelStatistics,
  }
  const { config } = requestFor('digits', set, { sha256: '0'.repeat(64) })
  expect(canonicalJson(config)).toBe(earlier.text)
})
