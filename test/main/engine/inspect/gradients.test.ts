import { describe, expect, it } from 'vitest'
import type { Model } from '../../../../core/network/model.ts'
import { gradientByImage, logitsOf } from '../../../../main/engine/inspect/answers.ts'
import { differences, someImages } from '../graph/numbers.ts'
import { branched, openNetwork, single, slopes, someWeights } from './someNetworks.ts'

/** What follows the layer `bend` of the branched network, which gives three maps of 5 x 4. */
const afterBend: Model = {
  ...branched,
  input: { height: 5, width: 4, channels: 3 },
  layers: branched.layers.slice(3).map((layer) => {
    if (layer.name === 'deep') return { ...layer, from: 'input' }
    return JSON.parse(JSON.stringify(layer).replaceAll('"bend"', '"input"'))
  }),
}

describe('the gradient of a score', () => {
  it.each([
    ['branches, pools and a normalisation', branched, 2],
    ['one tanh neuron', single, 0],
  ])('by the image is its slope: %s', (_, model, logit) => {
    const network = openNetwork(model)
    const image = someImages(model, 1, 7)
    const ofLogits = new Float32Array(network.logits)
    ofLogits[logit] = 1
    const { output, gradient } = network.gradient('input', image, ofLogits)
    expect(output).toEqual(image)
    expect(
      differences(
        gradient,
        slopes(image, (changed) => network.answer(changed)[logit]),
        1e-3,
      ),
    ).toEqual([])
  })

  it('by a layer is the slope of what follows', () => {
    const network = openNetwork(branched)
    const rest = openNetwork(afterBend)
    rest.write(someWeights(branched, 1))
    const ofLogits = Float32Array.of(0, 1, -1)
    const { output, gradient } = network.gradient('bend', someImages(branched, 1, 8), ofLogits)
    const score = (maps: Float32Array): number => {
      const [, first, second] = rest.answer(maps)
      return first - second
    }
    expect(differences(gradient, slopes(output, score), 1e-3)).toEqual([])
  })

  it('of several images is that of each', () => {
    const network = openNetwork(branched)
    const images = someImages(branched, 3, 9)
    const size = images.length / 3
    const together = network.gradient('sum', images, Float32Array.of(1, 0, 0, 0, 1, 0, 0, 0, 1))
    const second = network.gradient('sum', images.slice(size, 2 * size), Float32Array.of(0, 1, 0))
    const part = second.gradient.length
    expect(differences(together.gradient.slice(part, 2 * part), second.gradient, 1e-5)).toEqual([])
  })

  it('by an image whose mirror image is answered too is the slope of the mean', () => {
    const network = openNetwork(branched)
    const image = someImages(branched, 1, 10)
    const score = (of: Float32Array): number => logitsOf(network, of, true)[0][1]
    const gradient = gradientByImage(network, image, [0, 1, 0], true)
    expect(differences(gradient, slopes(image, score), 1e-3)).toEqual([])
    expect(differences(gradientByImage(network, image, [0, 1, 0], false), gradient, 1e-3)).not.toEqual([])
  })
})
