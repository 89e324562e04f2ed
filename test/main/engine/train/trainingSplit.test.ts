import { describe, expect, it } from 'vitest'
import { RandomNumbers } from '../../../../core/numbers/random.ts'
import { trainingSplit } from '../../../../main/engine/train/trainingSplit.ts'

const range = (count: number) => Array.from({ length: count }, (_, index) => index)
const split = (seed: number, share: number, images = 1000) => trainingSplit(new RandomNumbers(seed), images, share)

describe('the images that are held out for validation', () => {
  it.each([0.001, 0.1, 0.25, 0.5])(
    'are a share of %d of all, the others are trained on, and each is one or the other',
    (share) => {
      const { trained, heldOut } = split(1, share)
      expect(heldOut).toHaveLength(1000 * share)
      expect([...trained, ...heldOut].toSorted((one, other) => one - other)).toEqual(range(1000))
      expect([...trained]).toEqual([...trained].toSorted((one, other) => one - other))
    },
  )

  it('are none with a share of 0, and one where the share is less than that', () => {
    expect(split(1, 0)).toEqual({ trained: Uint32Array.from(range(1000)), heldOut: new Uint32Array() })
    expect(split(1, 0.01, 20).heldOut).toHaveLength(1)
  })

  it('are the same for the same seed, others for another, and spread over the set', () => {
    const { heldOut } = split(1, 0.1)
    expect(split(1, 0.1).heldOut).toEqual(heldOut)
    expect(split(2, 0.1).heldOut).not.toEqual(heldOut)
    for (const start of [0, 250, 500, 750])
      expect(heldOut.filter((image) => image >= start && image < start + 250).length).toBeGreaterThan(10)
  })
})
