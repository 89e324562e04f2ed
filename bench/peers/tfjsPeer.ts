// Stock tfjs-node as a contestant of the bench: the layers API on the same TensorFlow library. Its images are distorted
// by Conv Lab's own code, because the package has no distortion of its own that comes near it.
import type { LayersModel } from '@tensorflow/tfjs-node'
import { z } from 'zod'
import { RandomNumbers } from '../../core/numbers/random.ts'
import { RunConfig } from '../../core/run/run.ts'
import { CentredFeed, TrainingFeed } from '../../main/engine/feed/augment.ts'
import { BatchOrder } from '../../main/engine/feed/batches.ts'
import { engineIdentity, loadTensorflow } from '../../main/engine/process/tensorflow.ts'
import { readPreparedForm } from '../../main/files/preparedForm.ts'
import { serve } from './serve.ts'
import { tfjsNetwork } from './tfjsNetwork.ts'

const uncountedSteps = 2
const predictingBatch = 250

const tf = loadTensorflow()
const data = await readPreparedForm(process.argv[2])
const classes = data.card.classes.length

/** Images that are all in memory, where each is in its place. */
const held = (images: Uint8Array) => ({ images, placeOf: (image: number) => image })

interface Trainer {
  readonly config: RunConfig
  readonly model: LayersModel
  readonly feed: TrainingFeed
  readonly order: BatchOrder
  step: number
}

const trainers = new Map<string, Trainer>()

function trainerOf(name: string): Trainer {
  const trainer = trainers.get(name)
  if (trainer === undefined) throw new Error(`${name} was not prepared`)
  return trainer
}

async function trainStep(trainer: Trainer): Promise<number> {
  trainer.step += 1
  const { images, labels } = trainer.feed.batchOf(trainer.order.turnsOf(trainer.step))
  const { input } = trainer.config.model
  // A copy: the feed writes its array over, and tfjs may read it later.
  const taken = tf.tensor4d(images.slice(), [labels.length, input.height, input.width, input.channels])
  const wanted = tf.tidy(() => tf.oneHot(tf.tensor1d(labels.slice(), 'int32'), classes))
  const told = await trainer.model.trainOnBatch(taken, wanted)
  tf.dispose([taken, wanted])
  return Array.isArray(told) ? told[0] : told
}

async function train(trainer: Trainer, steps: number): Promise<unknown> {
  let loss = 0
  for (let step = 0; step < uncountedSteps; step += 1) loss = await trainStep(trainer)
  const began = performance.now()
  for (let step = 0; step < steps; step += 1) loss = await trainStep(trainer)
  return { seconds: (performance.now() - began) / 1000, images: steps * trainer.config.batch, loss }
}

function predict({ config, model }: Trainer): unknown {
  const { input } = config.model
  const began = performance.now()
  const feed = new CentredFeed(
    { ...data.card.image, sequence: held(data.test.images) },
    input,
    config.data.pixels,
    predictingBatch,
  )
  const all = data.card.sizes.test
  for (let first = 0; first < all; first += predictingBatch) {
    const indices = Array.from({ length: Math.min(predictingBatch, all - first) }, (_, place) => first + place)
    const images = feed.batchOf(indices).slice()
    tf.tidy(() => {
      const logits = model.predict(tf.tensor4d(images, [indices.length, input.height, input.width, input.channels]))
      if (Array.isArray(logits)) throw new Error('the network has several outputs')
      const wanted = tf.tensor1d(
        Int32Array.from(indices, (index) => data.test.labels[index]),
        'int32',
      )
      tf.losses.softmaxCrossEntropy(tf.oneHot(wanted, classes), logits).dataSync()
      logits.argMax(1).equal(wanted).sum().dataSync()
    })
  }
  return { seconds: (performance.now() - began) / 1000, images: all }
}

const OfCase = z.object({ case: z.string() })

const { tensorflow, binding } = engineIdentity()
await serve(
  { 'tfjs-node': binding, TensorFlow: tensorflow },
  {
    prepare: (question) => {
      const { id, config, predicts } = z
        .object({ id: z.string(), config: RunConfig, predicts: z.boolean() })
        .parse(question)
      const random = new RandomNumbers(config.seed)
      const images = Uint32Array.from(data.train.labels.keys())
      const model = tfjsNetwork(tf, config)
      const trainer = {
        config,
        model,
        feed: new TrainingFeed(
          { ...data.card.image, sequence: held(data.train.images), labels: data.train.labels },
          config,
          random,
        ),
        order: new BatchOrder(random, images, config.batch),
        step: 0,
      }
      trainers.set(id, trainer)
      if (predicts) predict(trainer)
      const parameters = model.trainableWeights.reduce(
        (sum, weight) => sum + weight.shape.reduce<number>((size, extent) => size * (extent ?? 1), 1),
        0,
      )
      return { parameters, ways: 'distorted by Conv Lab’s own code' }
    },
    train: async (question) =>
      train(trainerOf(OfCase.parse(question).case), z.object({ steps: z.int() }).parse(question).steps),
    predict: (question) => predict(trainerOf(OfCase.parse(question).case)),
  },
)
