import { expect, test } from 'vitest'
import { measure } from '../../../../core/network/geometry.ts'
import { sizeOf } from '../../../../core/network/shapes.ts'
import { OpenNetworks } from '../../../../main/engine/inspect/openNetworks.ts'
import { randomNumbers } from '../graph/numbers.ts'
import { branched, someWeights } from './someNetworks.ts'
import { tinySubject } from './tinySubject.ts'

const { height, width, channels } = branched.input
const image = randomNumbers(height * width * channels, 5)

test('orders for two checkpoints of one network at once are answered with the weights of each', async () => {
  const [{ subject: one }, { subject: other }] = await Promise.all([
    tinySubject(branched, someWeights(branched, 1)),
    tinySubject(branched, someWeights(branched, 100)),
  ])
  const networks = new OpenNetworks()
  const layers = measure(branched).map(({ layer }) => layer.name)
  for (const layer of layers) {
    const asked = [one, other].map((subject) => networks.ask(subject, (network) => network.output(layer, image)))
    const [first, second] = await Promise.all(asked)
    expect(first, layer).toEqual(await networks.ask(one, (network) => network.output(layer, image)))
    expect(second, layer).toEqual(await networks.ask(other, (network) => network.output(layer, image)))
    expect(first, layer).not.toEqual(second)
  }
})

test('gradients by the image, too', async () => {
  const [{ subject: one }, { subject: other }] = await Promise.all([
    tinySubject(branched, someWeights(branched, 1)),
    tinySubject(branched, someWeights(branched, 100)),
  ])
  const networks = new OpenNetworks()
  const gradientOf = (subject: typeof one): Promise<Float32Array> =>
    networks.askUpTo(subject, 'sum', (network) =>
      network.gradient(image, new Float32Array(sizeOf(network.shape)).fill(1)),
    )
  await Promise.all([gradientOf(one), gradientOf(other)])
  const [first, second] = await Promise.all([gradientOf(one), gradientOf(other)])
  expect(first).toEqual(await gradientOf(one))
  expect(second).toEqual(await gradientOf(other))
  expect(first).not.toEqual(second)
})
