// The fastest that TensorFlow's own operations run here: matrix products and convolutions, the shapes of the networks
// among them.
import type { Tensor } from '@tensorflow/tfjs-node'
import { z } from 'zod'
import { engineIdentity, loadTensorflow } from '../../main/engine/process/tensorflow.ts'
import { serve } from './serve.ts'

const tf = loadTensorflow()

interface Operation {
  readonly kind: 'matmul' | 'convolution'
  readonly name: string
  /** Multiplications and additions of one run. */
  readonly flops: number
  readonly run: () => Tensor
}

function matmul(extent: number): Operation {
  const [left, right] = [tf.randomUniform([extent, extent]), tf.randomUniform([extent, extent])]
  return {
    kind: 'matmul',
    name: `${extent} x ${extent} by ${extent} x ${extent}`,
    flops: 2 * extent ** 3,
    run: () => tf.matMul(left, right),
  }
}

function convolution(batch: number, side: number, channels: number, filters: number, kernel: number): Operation {
  const images = tf.randomUniform([batch, side, side, channels]).as4D(batch, side, side, channels)
  const kernels = tf.randomUniform([kernel, kernel, channels, filters]).as4D(kernel, kernel, channels, filters)
  return {
    kind: 'convolution',
    name: `${kernel} x ${kernel}, ${channels} to ${filters} maps of ${side} x ${side}, ${batch} images`,
    flops: 2 * batch * side ** 2 * channels * filters * kernel ** 2,
    run: () => tf.conv2d(images, kernels, 1, 'same'),
  }
}

const operations = [
  matmul(1024),
  matmul(2048),
  // The second convolution of the Lab network, which is four fifths of it.
  convolution(100, 12, 64, 64, 5),
  convolution(500, 12, 64, 64, 5),
  convolution(100, 24, 64, 64, 5),
  convolution(250, 12, 64, 128, 3),
  convolution(100, 12, 128, 128, 3),
  convolution(100, 24, 128, 128, 3),
]

/** Runs an operation for so many seconds. Its result is there when the call returns. */
function rateOf({ flops, run }: Operation, seconds: number): number {
  run().dispose()
  const began = performance.now()
  let runs = 0
  while (performance.now() - began < seconds * 1000) {
    run().dispose()
    runs += 1
  }
  return (runs * flops) / ((performance.now() - began) / 1000) / 1e9
}

await serve(
  { TensorFlow: engineIdentity().tensorflow },
  {
    measure: (question) => {
      const { seconds } = z.object({ seconds: z.number() }).parse(question)
      return operations.map((operation) => ({
        kind: operation.kind,
        name: operation.name,
        gigaflops: rateOf(operation, seconds),
      }))
    },
  },
)
