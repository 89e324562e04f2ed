import { describe, expect, it } from 'vitest'
import type { DataChoice } from '../../core/data/dataChoice.ts'
import { usualChoice } from '../../core/data/datasetView.ts'
import type { RunSummary } from '../../core/run/run.ts'
import { settingRows, tellingName } from '../../renderer/panels/settings/settingRows.ts'
import { formatsFor } from '../../renderer/text/formats.ts'
import { animals } from './dataSets.ts'
import { sampleEntry, sampleRun } from './sampleRuns.ts'

const en = formatsFor('en')
const sets = [sampleEntry, { ...sampleEntry, id: 'digits', name: 'Digits' }]

describe('what differs', () => {
  it('names common settings and marks what is unlike the first run', () => {
    const { rows, equal } = settingRows([sampleRun(1), sampleRun(2, { learningRate: 0.001 })], sets, en)
    expect(rows).toEqual([
      {
        key: 'schedule.learningRate',
        name: 'Learning rate',
        isPath: false,
        values: ['0.0001', '0.001'],
        differs: [false, true],
      },
    ])
    expect(equal).toBeGreaterThan(20)
  })

  it('says all distortions in one line with their amounts', () => {
    const { rows } = settingRows([sampleRun(1), sampleRun(2, { distort: false })], sets, en)
    expect(rows.map((row) => row.values)).toEqual([
      ['random crop, mirroring, hue ±0.05, contrast 0.3–1, brightness ±0.2, saturation 0–2', 'none'],
    ])
  })

  it('says another data set once, without its hash', () => {
    const other = sampleRun(2)
    const config = { ...other.config, data: { ...other.config.data, dataset: 'digits', sha256: 'c'.repeat(64) } }
    expect(settingRows([sampleRun(1), { ...other, config }], sets, en).rows.map((row) => row.values)).toEqual([
      ['Shapes', 'Digits'],
    ])
  })

  it('shows other files of one set, and the goal, which is no part of a configuration', () => {
    const other = sampleRun(2, { goal: 9000 })
    const config = { ...other.config, data: { ...other.config.data, sha256: 'c'.repeat(64) } }
    const { rows } = settingRows([sampleRun(1), { ...other, config }], sets, en)
    expect(rows.map((row) => [row.name, ...row.values])).toEqual([
      ['Data files', 'aaaaaaaa', 'cccccccc'],
      ['Steps', '2,500', '9,000'],
    ])
  })

  it('says what each run took of its set, and not that another form of it has other files', () => {
    const taking = (id: number, choice: DataChoice, sha256: string): RunSummary => {
      const run = sampleRun(id)
      return {
        ...run,
        config: { ...run.config, data: { ...run.config.data, dataset: 'animals', sha256: sha256.repeat(64), choice } },
      }
    }
    const whole = usualChoice(animals)
    const runs = [
      taking(1, whole, 'a'),
      taking(
        2,
        {
          ...whole,
          classes: [0, 2],
          perClass: 50,
          form: { side: 48, fit: 'fit', cut: { kind: 'whole' } },
          split: { kind: 'drawn', seed: 3, train: null, test: null },
        },
        'b',
      ),
    ]
    expect(settingRows(runs, [animals], en).rows.map((row) => [row.name, ...row.values])).toEqual([
      ['Images', '32 × 32', '48 × 48, fitted'],
      ['Classes', 'all 4 classes', 'cat, hen'],
      ['Training images per class, at most', 'all', '50'],
      ['Training and test images', 'published split', 'random, seed 3'],
    ])
  })

  it('names all classes where two runs took as many, but not the same ones', () => {
    const six = { ...animals, classes: ['a', 'b', 'c', 'd', 'e', 'f'], classesRu: ['a', 'b', 'c', 'd', 'e', 'f'] }
    const taking = (id: number, classes: number[]): RunSummary => {
      const run = sampleRun(id)
      return {
        ...run,
        config: {
          ...run.config,
          data: { ...run.config.data, dataset: 'animals', choice: { ...usualChoice(animals), classes } },
        },
      }
    }
    expect(
      settingRows([taking(1, [0, 1, 2, 3, 4]), taking(2, [0, 1, 2, 3, 5])], [six], en).rows.map((row) => [
        row.name,
        ...row.values,
      ]),
    ).toEqual([['Classes', 'a, b, c, d, e', 'a, b, c, d, f']])
  })

  it('falls back to the path of a setting without a name', () => {
    const other = sampleRun(2)
    const config = { ...other.config, optimizer: { ...other.config.optimizer, beta2: 0.99 } }
    expect(settingRows([sampleRun(1), { ...other, config }], sets, en).rows).toMatchObject([
      { name: 'optimizer.beta2', isPath: true, values: ['0.999', '0.99'] },
    ])
  })

  it('gives a run a name that tells it from the others', () => {
    const runs = [sampleRun(1), sampleRun(2, { learningRate: 0.001, distort: false })]
    const { rows } = settingRows(runs, sets, en)
    expect(runs.map((run, index) => tellingName(run, rows, index, en))).toEqual([
      'Run 1, rate 0.0001',
      'Run 2, no distortion, rate 0.001',
    ])
  })
})
