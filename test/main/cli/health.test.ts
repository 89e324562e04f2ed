// @module-tag slow
import { describe, expect, test } from 'vitest'
import type { Health } from '../../../core/health/health.ts'
import { healthWords, noHealthWords } from '../../../main/cli/healthWords.ts'
import { openHistory, temporaryHome } from '../history/temporaryHome.ts'
import { addSteps, engine, request } from '../history/testRun.ts'
import { conv, healthAt, relu } from '../history/sampleHealth.ts'
import { lab } from './lab.ts'

describe('health in words', () => {
  test('has a line a layer', () => {
    expect(healthWords(7, healthAt(3)).split('\n')).toEqual([
      'Run 7 after step 3, measured on 100 training images.',
      '',
      'LAYER     SILENT UNITS  GRADIENT NORM  UPDATE / WEIGHTS',
      'conv_1               —           0.25            2.9e-3',
      'relu_1  3 of 64, 4.7 %              —                 —',
    ])
  })

  test('warns where two fifths of the units are silent, and where something is not finite', () => {
    const health: Health = {
      step: 9,
      images: 100,
      layers: [
        { ...conv(9), finite: false, gradientNorm: null, updateRatio: null },
        { ...relu(9), silent: 26 },
      ],
    }
    const words = healthWords(7, health)
    expect(words).toContain('Something in conv_1 is not a finite number any more')
    expect(words).toContain('40.6 % of the units of relu_1 fire for no image')
    expect(healthWords(7, { ...health, layers: [{ ...relu(9), silent: 25 }] })).not.toContain('fire for no image')
  })

  test('says why there is none', () => {
    expect(noHealthWords(7, 0)).toContain('--health-every 0')
    expect(noHealthWords(7, 100)).toContain('every 100 steps')
  })
})

test('“lab health” tells every measurement, or the newest in words', async () => {
  const home = temporaryHome()
  const history = openHistory(home)
  const { id } = history.createRun(request, 50_000)
  history.beginStretch(id, 0, engine)
  addSteps(history, id, 1, 30)
  const rows = Array.from({ length: 25 }, (_, step) => healthAt(step))
  for (const row of rows) history.addHealth(id, row)
  history.endRun(id, 'stopped', null)
  history.close()
  const told = await lab(home, `health ${id} --json`)
  expect([told.code, told.error]).toEqual([0, ''])
  expect(told.values).toEqual(rows)
  const words = await lab(home, `health ${id}`)
  expect(words.output).toBe(`${healthWords(id, healthAt(24))}\n`)
  expect(await lab(home, 'health 9')).toMatchObject({ code: 1 })
})
