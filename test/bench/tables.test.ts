import { describe, expect, test } from 'vitest'
import { betterPeer, sharesOfRoof } from '../../bench/comparison.ts'
import { spread, table } from '../../bench/format.ts'
import { withSummary } from '../../bench/marked.ts'
import type { Figures, Results } from '../../bench/results.ts'
import { report, shortSummary, summary } from '../../bench/tables.ts'

const figures: readonly Figures[] = [
  { contestant: 'conv-lab', ways: '', imagesPerSecond: [2000, 2400] },
  { contestant: 'pytorch', ways: 'channels_last', imagesPerSecond: [1000, 1500] },
  { contestant: 'keras', ways: 'by tf.image', imagesPerSecond: [1600, 1600] },
]

const results: Results = {
  format: 1,
  takenAt: '2026-11-24T04:03:12.000Z',
  machine: { processor: 'A processor', cores: 2, memoryBytes: 24 * 2 ** 30, system: 'Linux 6 x64', loadAtStart: 0.1 },
  rounds: 2,
  seconds: 1.5,
  versions: { 'conv-lab': { TensorFlow: '2.21.0' } },
  training: [{ network: 'seed', batch: 500, parameters: 731_722, flops: { computed: 100e6, usual: 110e6 }, figures }],
  prediction: [],
  roof: [
    { kind: 'matmul', name: 'a product', gigaflops: [325, 325] },
    { kind: 'convolution', name: 'a slow one', gigaflops: [100, 100] },
    { kind: 'convolution', name: 'the best one', gigaflops: [400, 400] },
  ],
  checkpoint: { held: [0.02, 0.02], step: [0.04, 0.04] },
  health: [{ name: 'Lab network', every: 100, without: [10, 10], measured: [10.1, 10.3] }],
  reading: [{ side: 128, inMemory: [1000, 1100], fromFiles: [950, 1089] }],
  app: null,
  look: null,
  errors: { images: 10_000, cold: [3, 4], warm: [1.5, 1.7], again: [0.004, 0.006] },
  compare: {
    opening: [0.3, 0.5],
    keys: [0.02, 0.03],
    reading: [0.08, 0.08],
    drawing: [0.2, 0.3],
    pageMemory: [10e6, 12e6],
    trainShare: [0.08, 0.1],
  },
  datasets: {
    cifar10: [3, 4],
    caltech101: { images: 9144, side: 64, seconds: [20, 24], taken: [18, 18] },
    peakMemory: [300e6, 400e6, 350e6, 310e6],
  },
  estimate: [
    { estimated: [0.011, 0.011], measured: [0.01, 0.01], fastest: [0.01, 0.01] },
    { estimated: [0.03, 0.045], measured: [0.02, 0.03], fastest: [0.02, 0.015] },
    { estimated: [0.02, 0.02], measured: [0.02, 0.02], fastest: [0.02, 0.02] },
  ],
  endurance: null,
  accuracy: null,
}

function rowOf(text: string, beginning: string): string[] {
  const line = text.split('\n').find((candidate) => candidate.startsWith(`| ${beginning}`)) ?? ''
  return line
    .split('|')
    .map((cell) => cell.trim())
    .slice(1, -1)
}

describe('a table', () => {
  test('is Markdown whose columns stand below each other', () => {
    expect(
      table(
        ['what', 'much'],
        [
          ['a', '1'],
          ['longer', '1,000'],
        ],
      ),
    ).toBe(['| what   |  much |', '| ------ | ----: |', '| a      |     1 |', '| longer | 1,000 |'].join('\n'))
  })

  test('shows a figure with its spread, and a single one alone', () => {
    expect(spread([3, 1, 2], String)).toBe('2 (1–3)')
    expect(spread([3], String)).toBe('3')
  })
})

describe('the comparison', () => {
  test('is with the peer of the higher median', () => {
    expect(betterPeer(figures)).toEqual([1600, 1600])
    expect(betterPeer([])).toBeNull()
  })

  test('takes the share of the best convolution, by either count', () => {
    expect(sharesOfRoof(results.training[0], results.roof, 'computed')).toEqual([0.5, 0.6])
    expect(sharesOfRoof(results.training[0], results.roof, 'usual')).toEqual([0.55, 0.66])
    expect(sharesOfRoof(results.training[0], [], 'usual')).toBeNull()
  })
})

describe('the summary', () => {
  test('has a row a case, with ratios and what was not measured', () => {
    expect(rowOf(summary(results), 'Lab network, batch 500')).toEqual([
      'Lab network, batch 500',
      '2,200 (2,000–2,400)',
      '1,250 (1,000–1,500)',
      '1,600 (1,600–1,600)',
      '–',
      '1.38× (1.25×–1.50×)',
      '–',
      '55 % (50 %–60 %)',
    ])
  })

  test('names the machine, the versions and the best operations, and leaves out what was not measured', () => {
    const text = summary(results)
    expect(text).toContain(
      'Measured on 2026-11-24: A processor, 2 cores, 24 GB of memory, Linux 6 x64, load 0.10 at the start.',
    )
    expect(text).toContain('Conv Lab: TensorFlow 2.21.0.')
    expect(text).toContain('convolution 400 (400–400) GFLOP/s (the best one); matrix product 325')
    expect(rowOf(text, 'CIFAR-10 prepared')).toEqual([
      'CIFAR-10 prepared from its publisher’s archive',
      '3.50 s (3.00 s–4.00 s)',
    ])
    expect(rowOf(text, 'The same to 64')).toEqual(['The same to 64 × 64', '22.0 s (20.0 s–24.0 s)'])
    expect(rowOf(text, 'Errors of 10,000 test images')).toHaveLength(2)
    expect(rowOf(text, 'The second time')).toEqual(['The second time', '5.0 ms (4.0 ms–6.0 ms)'])
    expect(rowOf(text, 'Largest memory of the process')).toEqual(['Largest memory of the process meanwhile', '400 MB'])
    expect(rowOf(text, 'Estimated, against the median').slice(1)).toEqual(['1.10× (1.00×–1.50×)', '2 of 3 within 30 %'])
    expect(rowOf(text, 'Estimated, against the fastest').slice(1)).toEqual([
      '1.10× (1.00×–2.00×)',
      '2 of 3 within 30 %',
    ])
    expect(rowOf(text, 'Training stands still')).toEqual([
      'Training stands still for a checkpoint (Lab network, batch 100)',
      '20 ms (20 ms–20 ms)',
      '0.50 steps',
    ])
    expect(rowOf(text, 'Training with health')).toEqual([
      'Training with health measured every 100 steps, against without (Lab network)',
      '1.020× (1.010×–1.030×)',
      '10.2 s (10.1 s–10.3 s) and 10.0 s (10.0 s–10.0 s)',
    ])
    expect(rowOf(text, 'Quick network on images of 128 pixels').slice(1)).toEqual([
      '97 % (95 %–99 %)',
      '1,020 (950–1,089) and 1,050 (1,000–1,100) images a second',
    ])
    expect(text).not.toContain('Prediction, images a second')
    expect(text).not.toContain('Pause to held')
  })

  test('says when a run reached 80 %, or that it did not', () => {
    const run = (budget: number, accuracy: number) => ({
      preset: 'quick' as const,
      seed: 1,
      budget,
      flips: false,
      steps: 200,
      evaluations: [
        { step: 100, seconds: 5, accuracy },
        { step: 200, seconds: 10, accuracy: 0.79 },
      ],
    })
    const text = summary({ ...results, accuracy: [run(600, 0.8), run(90, 0.7)] })
    expect(rowOf(text, 'The preset quick, fitted to 600 s')).toEqual([
      'The preset quick, fitted to 600 s, seed 1',
      '200',
      '5.00 s (step 100)',
      '79.0 %',
      '10.0 s',
    ])
    expect(rowOf(text, 'The preset quick, fitted to 90 s')).toEqual([
      'The preset quick, fitted to 90 s, seed 1',
      '200',
      'not reached',
      '79.0 %',
      '10.0 s',
    ])
  })

  test('compares the first and the last quarter of many steps', () => {
    const endurance = {
      network: 'digits',
      batch: 10,
      steps: 20_000,
      imagesPerSecond: [100, 200, 300, 300, 200, 300, 150, 250],
      memory: [1e8, 2e8, 3e8, 3e8, 3e8, 3e8, 3e8, 3e8],
    }
    const text = summary({ ...results, endurance })
    expect(text).toContain('20,000 steps of the preset digits, batch 10')
    expect(rowOf(text, 'Images a second in training')).toEqual([
      'Images a second in training',
      '150',
      '200',
      '1.33×',
      '100–300',
    ])
    expect(rowOf(text, 'Memory of the engine')).toEqual([
      'Memory of the engine',
      '150 MB',
      '300 MB',
      '2.00×',
      '100 MB–300 MB',
    ])
    expect(summary(results)).not.toContain('steps of the preset')
  })

  test('is followed by the ways that were taken', () => {
    expect(report(results)).toMatch(/- PyTorch: channels_last \(seed-500\)\n- Keras: by tf\.image \(seed-500\)$/)
  })
})

describe('the short summary', () => {
  test('has a row for training with the usual batch and one for prediction, with the middle ratios', () => {
    const training = [...results.training, { ...results.training[0], batch: 250 as const }]
    const text = shortSummary({ ...results, training, prediction: [{ network: 'quick', figures }] })
    expect(rowOf(text, 'Training')).toEqual(['Training, Lab network, batch 250', '2,200', '1.38×', '–'])
    expect(rowOf(text, 'Prediction')).toEqual(['Prediction, Quick network', '2,200', '1.38×', '–'])
    expect(text).toMatch(/Medians, measured on 2026-11-24: A processor, .*\.$/)
    expect(text).not.toContain('batch 500')
  })
})

describe('a page', () => {
  test('gets the summary between the markers, any number of times', () => {
    const text = 'before\n<!-- bench: begin -->\nold\n<!-- bench: end -->\nafter\n'
    const first = withSummary(text, 'new')
    expect(first).toBe('before\n<!-- bench: begin -->\nnew\n<!-- bench: end -->\nafter\n')
    expect(withSummary(first ?? '', 'newer')).toBe(first?.replace('new', 'newer'))
  })

  test('without markers is left alone', () => {
    expect(withSummary('no table here', 'new')).toBeNull()
  })
})
