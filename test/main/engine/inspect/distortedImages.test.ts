import { describe, expect, it } from 'vitest'
import type { DistortOrder, InspectImage } from '../../../../core/contract/inspectContract.ts'
import { permutationOf } from '../../../../core/numbers/permutation.ts'
import { RandomNumbers } from '../../../../core/numbers/random.ts'
import { type Augmentation, undistorted } from '../../../../core/run/augmentation.ts'
import { centrePlace } from '../../../../core/run/distortion.ts'
import { TrainingFeed } from '../../../../main/engine/feed/augment.ts'
import { distortedImages } from '../../../../main/engine/inspect/distortedImages.ts'
import { bytesText, floatsIn } from '../../../../main/engine/shared/base64.ts'
import { trainingSplit } from '../../../../main/engine/train/trainingSplit.ts'
import { photographs } from '../feed/photographs.ts'

const { images, height, width } = photographs()
const input = { height: 24, width: 24, channels: 3 } as const
const pixels = { kind: 'standard', mean: [125.3, 123, 113.9], deviation: [63, 62.1, 66.7] } as const
const augmentation: Augmentation = {
  ...undistorted,
  randomCrop: true,
  flip: true,
  rotation: 10,
  hue: 0.05,
  saturation: { min: 0, max: 2 },
  cutout: { side: 6 },
  mixup: { alpha: 1 },
}
const bytes = images.subarray(0, height * width * 3)
const image: InspectImage = { height, width, channels: 3, pixels: bytesText(bytes) }
const order = (of: DistortOrder['of'], change: Partial<DistortOrder> = {}): DistortOrder => ({
  image,
  input,
  pixels: { kind: 'standard', mean: [...pixels.mean], deviation: [...pixels.deviation] },
  augmentation,
  of,
  ...change,
})

describe('distortions of an image', () => {
  it('of a training image are those of its turns in training', () => {
    const validationShare = 0.2
    const training = { images: 50, validationShare, image: 7 }
    const found = distortedImages(order({ kind: 'drawn', seed: 5, count: 3, training }))
    const random = new RandomNumbers(5)
    const { trained } = trainingSplit(random, 50, validationShare)
    const stored = {
      height,
      width,
      channels: 3,
      sequence: { images: bytes, placeOf: () => 0 },
      labels: new Uint16Array(50),
    }
    const config = { model: { input }, data: { pixels: order({ kind: 'given', distortion: none }).pixels }, batch: 1 }
    const feed = new TrainingFeed(stored, { ...config, augmentation: { ...augmentation, mixup: null } }, random)
    found.forEach(({ turn, distortion, values }, epoch) => {
      if (turn === null) throw new Error('image 7 is not held out')
      const order = permutationOf(random, epoch, trained.length)
      expect(trained[order[turn.position]]).toBe(7)
      expect(floatsIn(values)).toEqual(feed.batchOf([{ image: 7, ...turn }]).images)
      expect(distortion.weight).toBeNull()
    })
    expect(new Set(found.map(({ values }) => values)).size).toBe(3)
  })

  it('of another image follow from the seed, and have no turn', () => {
    const of = (seed: number) => distortedImages(order({ kind: 'drawn', seed, count: 9, training: null }))
    expect(of(1)).toEqual(of(1))
    expect(of(1).map(({ turn }) => turn)).toEqual(Array(9).fill(null))
    expect(of(2)).not.toEqual(of(1))
    const heldOut = { images: 50, validationShare: 0.5, image: trainingSplit(new RandomNumbers(1), 50, 0.5).heldOut[0] }
    expect(distortedImages(order({ kind: 'drawn', seed: 1, count: 9, training: heldOut }))).toEqual(of(1))
  })

  it('that a person gives are carried out, each of those that a grey image can have', () => {
    const change = { hue: 0.3, contrast: 0.5, brightness: 0.1, saturation: 2 }
    const distortion = { ...none, colours: change, cutout: { y: 3, x: 4 } }
    const [coloured] = distortedImages(order({ kind: 'given', distortion }))
    expect(coloured.distortion).toEqual(distortion)
    const grey: InspectImage = { height, width, channels: 1, pixels: bytesText(bytes.subarray(0, height * width)) }
    const greyInput = { image: grey, input: { ...input, channels: 1 as const }, pixels: unit }
    const [plain] = distortedImages(order({ kind: 'given', distortion }, greyInput))
    expect(plain.distortion.colours).toEqual({ ...change, hue: null, saturation: null })
    expect(floatsIn(plain.values).every((value) => value >= 0 && value <= 1)).toBe(true)
  })

  it('are refused for an image that is too small for the network', () => {
    const large = { input: { ...input, height: height + 1 } }
    expect(() => distortedImages(order({ kind: 'given', distortion: none }, large))).toThrow(/an image of/)
  })
})

const unit = { kind: 'range' as const, min: 0, max: 255 }
const none = { place: centrePlace({ height, width }, input), colours: null, cutout: null, weight: null }
