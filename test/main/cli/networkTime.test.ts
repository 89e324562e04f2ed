// @module-tag slow
import { describe, expect, test } from 'vitest'
import { smallHome } from '../smallHome.ts'
import { lab } from './lab.ts'

/** Seconds of the parts of a step, added up. */
function sumOf(value: Record<string, unknown>): number {
  const { layers, other } = value
  if (!Array.isArray(layers)) throw new Error('there are no layers')
  return layers.reduce((sum: number, { seconds }: { seconds: number }) => sum + seconds, Number(other))
}

describe('lab network time', () => {
  test('measures a step and its layers, which add up to it, and estimates it', async () => {
    const home = await smallHome()
    const words = 'network time quick --input 12x12x3 --classes 10 --batch 8'
    const measured = await lab(home, `${words} --json`)
    expect(measured.code).toBe(0)
    const [value] = measured.values
    expect(value).toMatchObject({ estimated: false, batch: 8 })
    expect(sumOf(value)).toBeCloseTo(Number(value.secondsPerStep), 9)
    expect(Number(value.fastest)).toBeLessThanOrEqual(Number(value.secondsPerStep))

    const estimated = await lab(home, `${words} --estimate --json`)
    expect(estimated.values[0]).toMatchObject({ estimated: true, fastest: null })
    expect(sumOf(estimated.values[0])).toBeCloseTo(Number(estimated.values[0].secondsPerStep), 9)
    const said = await lab(home, `${words} --estimate`)
    expect(said.output).toMatch(/^conv_4 +\d+\.\d\d +\d+\.\d %$/m)
    expect(said.output).toContain('by the estimate, and a thousand steps')
  })

  test('refuses a network that does not work with its layer', async () => {
    const { code, error } = await lab(await smallHome(), 'network time quick --input 2x2x1 --classes 10')
    expect(code).not.toBe(0)
    expect(error).toContain('layer pool_2')
  })
})
