// @module-tag slow
import {
  appendFileSync,
  closeSync,
  existsSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { Checkpoint } from '../../../core/run/run.ts'
import { checkpointFolder, homePlaces, type Home } from '../../../main/files/places.ts'
import { bitsOf } from '../engine/train/tinyRun.ts'
import { smallCard, smallHome } from '../smallHome.ts'
import { lab, startLab, type Finished } from './lab.ts'
import { linuxOnly, withSignals } from '../../platforms.ts'

const train = 'train --dataset cifar-10 --batch 20 --learning-rate 0.001 --json'

/** One sentence, and nothing else, on standard error. */
const oneSentence = /^[^\n]+\.\n$/

async function checkpointBits(home: Home, run: number, step: number): Promise<Map<string, string>> {
  const { values } = await lab(home, `run ${run} --json`)
  const checkpoint = Checkpoint.array()
    .parse(values[0]['checkpoints'])
    .find((one) => one.step === step)
  return bitsOf({ path: path.join(checkpointFolder(home, run), checkpoint?.file ?? '') })
}

describe('the way of a run', () => {
  test('train, resume, runs, run, compare, evaluate', async () => {
    const home = await smallHome()
    const trained = await lab(home, `${train} --preset seed --steps 30 --seed 1 --evaluate-every 20`)
    expect(trained).toMatchObject({ code: 0, error: '' })
    expect(trained.values.map(({ event, step }) => [event, step])).toEqual([
      ['started', undefined],
      ['step', 10],
      ['step', 20],
      ['evaluated', 20],
      ['step', 30],
      ['evaluated', 30],
      ['done', 30],
    ])
    const measured = { testAccuracy: expect.any(Number), testLoss: expect.any(Number) }
    expect(trained.values.at(-1)).toEqual({
      event: 'done',
      run: 1,
      step: 30,
      ...measured,
      flips: false,
      seconds: expect.any(Number),
      imagesPerSecond: expect.any(Number),
    })

    const resumed = await lab(home, 'resume 1 --steps 40 --json')
    expect(resumed.values[0]).toEqual({ event: 'resumed', run: 1, step: 30 })
    const done = resumed.values.at(-1)
    expect(done).toMatchObject({ event: 'done', run: 1, step: 40 })

    const evaluated = await lab(home, 'evaluate 1 --json')
    expect(evaluated.values).toEqual([
      {
        run: 1,
        checkpoint: 40,
        testAccuracy: done?.['testAccuracy'],
        testLoss: done?.['testLoss'],
        images: smallCard.sizes.test,
        flips: false,
      },
    ])
    const before = await lab(home, 'evaluate 1 --checkpoint 30 --json')
    expect(before.values).toMatchObject([{ checkpoint: 30, testAccuracy: trained.values.at(-1)?.['testAccuracy'] }])

    await lab(home, 'train --dataset cifar-10 --batch 20 --learning-rate 0.002 --steps 10 --json')
    expect((await lab(home, 'runs --json')).values).toEqual([
      [expect.objectContaining({ id: 2, state: 'done' }), expect.objectContaining({ id: 1, state: 'done', step: 40 })],
    ])
    expect((await lab(home, 'run 1 --json')).values).toMatchObject([
      {
        id: 1,
        stretches: [
          { fromStep: 0, toStep: 30 },
          { fromStep: 30, toStep: 40 },
        ],
      },
    ])
    const compared = await lab(home, 'compare 1 2 --json')
    expect(compared.values).toMatchObject([
      {
        runs: [{ id: 1 }, { id: 2 }],
        differing: [{ path: 'schedule.learningRate', values: [0.001, 0.002] }],
        footing: { steps: { points: [{ run: 1 }, { run: 2 }] } },
        repeats: { groups: [{ runs: [1] }, { runs: [2] }], tests: [] },
        pair: { network: { layers: [], equal: expect.any(Number) }, evaluations: { total: expect.any(Number) } },
      },
    ])
    const searched = await lab(home, 'compare --where rate>0.0005 --json')
    expect(searched.values).toEqual(compared.values)
    const table = await lab(home, 'compare 1 2')
    expect(table.output).toMatch(/schedule\.learningRate +0\.001 +0\.002/)
    expect(table.output).toMatch(/chosen on the test set itself[^]*After at most \d+ steps[^]*WAITING[^]*common step/)
  })

  test('killed in the middle and resumed ends with the bits and the curve of an unbroken one', async () => {
    const home = await smallHome()
    const unbroken = await lab(home, `${train} --steps 30 --evaluate-every 8`)
    expect(unbroken.values.at(-1)).toMatchObject({ event: 'done', run: 1 })

    const broken = startLab(home, `${train} --steps 30 --evaluate-every 8`)
    // A best evaluation writes a checkpoint, so the run goes on from the first one at step 8.
    await broken.line((value) => value['event'] === 'step' && value['step'] === 10)
    broken.process.kill('SIGKILL')
    expect((await broken.finished).code).toBe('SIGKILL')

    const found = await lab(home, 'run 2 --json')
    expect(found.values).toMatchObject([{ state: 'interrupted', problem: { code: 'lab-interrupted' } }])
    const resumed = await lab(home, 'resume 2 --json')
    expect(resumed.values[0]).toMatchObject({ event: 'resumed', step: found.values[0]['checkpointStep'] })
    const result = unbroken.values.at(-1)
    expect(resumed.values.at(-1)).toMatchObject({
      step: 30,
      testAccuracy: result?.['testAccuracy'],
      testLoss: result?.['testLoss'],
    })
    expect(await checkpointBits(home, 2, 30)).toEqual(await checkpointBits(home, 1, 30))
  })

  withSignals('Ctrl-C pauses it with a checkpoint and says how to go on', async () => {
    const home = await smallHome()
    const running = startLab(home, `${train} --steps 100000`)
    await running.line((value) => value['event'] === 'step')
    running.process.kill('SIGINT')
    const { code, error, values } = await running.finished
    const last = values.at(-1)
    expect(last).toMatchObject({ event: 'paused', run: 1, checkpoint: last?.['step'], problem: null })
    expect({ code, error }).toEqual({
      code: 130,
      error: `Run 1 is held at step ${String(last?.['step'])}. “lab resume 1” continues it.\n`,
    })
    const [run] = (await lab(home, 'run 1 --json')).values
    expect(run).toMatchObject({
      state: 'paused',
      checkpointStep: last?.['step'],
      evaluationSeconds: 0,
      queuedSeconds: 0,
    })
    expect([run['trainingSeconds'], run['waitingSeconds']].map((seconds) => Number(seconds) > 0)).toEqual([true, true])
  })

  test('another computer that takes its folder ends it, and it says so', async () => {
    const home = await smallHome()
    const running = startLab(home, `${train} --steps 100000`)
    await running.line((value) => value['event'] === 'step')
    const note = { owner: 'another', host: 'desk-8', asked: null, answered: null }
    writeFileSync(path.join(home.folder, 'owner.json'), JSON.stringify(note))
    expect(await running.finished).toMatchObject({
      code: 1,
      error: expect.stringMatching(/^Another Conv Lab \(on the computer desk-8\) has taken the folder .*\n$/),
    })
    // Closing the history would have written its log into it.
    expect(existsSync(`${home.history}-wal`)).toBe(true)
  })

  test('past the end of its schedule it says at which rate it goes on, and how to have a longer one', async () => {
    const home = await smallHome()
    await lab(home, `${train} --schedule cosine --steps 4`)
    const more = await lab(home, 'resume 1 --steps 6')
    expect(more).toMatchObject({
      code: 0,
      error: '',
      output: expect.stringContaining(
        'Its schedule ends at step 4; past it the learning rate stays at 0.000146. A run keeps its schedule: for one of 6 steps, begin a new run with “lab train ... --steps 6”.',
      ),
    })
    const again = await lab(home, 'resume 1 --steps 8 --json')
    expect(again.values[0]).toMatchObject({ step: 6, heldRate: { from: 4, learningRate: expect.closeTo(0.000146, 6) } })
  })

  withSignals(
    'one Ctrl-C that arrives twice, from the terminal and from the set-up, does not cut its checkpoint short',
    async () => {
      const home = await smallHome()
      const running = startLab(home, `${train} --steps 100000`)
      await running.line((value) => value['event'] === 'step')
      running.process.kill('SIGINT')
      running.process.kill('SIGTERM')
      expect((await running.finished).error).toMatch(/^Run 1 is held at step \d+/)
      expect((await lab(home, 'run 1 --json')).values).toMatchObject([{ state: 'paused' }])
    },
  )

  withSignals('closing its terminal pauses it, though nothing can be said any more', async () => {
    const home = await smallHome()
    const running = startLab(home, `${train} --steps 100000`)
    await running.line((value) => value['event'] === 'step')
    running.process.stdout?.destroy()
    running.process.stderr?.destroy()
    running.process.kill('SIGHUP')
    await running.finished
    expect((await lab(home, 'run 1 --json')).values).toMatchObject([{ state: 'paused' }])
  })

  linuxOnly('/dev/full stands for a full disk')(
    'output that can no longer be written pauses it and says why',
    async () => {
      const home = await smallHome()
      const full = openSync('/dev/full', 'w')
      const running = startLab(home, `${train} --steps 100000`, full)
      closeSync(full)
      expect(await running.finished).toMatchObject({
        code: 1,
        error: expect.stringMatching(/^The disk is full: standard output [^\n]+\n$/),
      })
      expect((await lab(home, 'run 1 --json')).values).toMatchObject([{ state: 'paused' }])
    },
  )

  test('a reader that goes away pauses it too', async () => {
    const home = await smallHome()
    const running = startLab(home, `${train} --steps 100000`)
    await running.line((value) => value['event'] === 'started')
    running.process.stdout?.destroy()
    expect((await running.finished).code).toBe(130)
    expect((await lab(home, 'run 1 --json')).values).toMatchObject([{ state: 'paused' }])
  })
})

describe('two on one home folder', () => {
  test('the second is the client of the first', async () => {
    const home = await smallHome()
    const first = startLab(home, `${train} --steps 100000`)
    await first.line((value) => value['event'] === 'step')
    expect((await lab(home, 'runs --json')).values).toMatchObject([[{ id: 1, state: 'training' }]])
    const refused = await lab(home, `${train} --steps 5`)
    expect(refused).toMatchObject({
      code: 1,
      error: 'Run 1 is training now. Pause or stop it before another one starts.\n',
      values: [],
    })
    first.process.stdout?.destroy()
    expect((await first.finished).code).toBe(130)
  })

  test('both may open it at once', async () => {
    const home = await smallHome()
    const finished = await Promise.all(['runs', 'datasets', 'runs'].map((words) => lab(home, `${words} --json`)))
    expect(finished.map(({ code, error }) => ({ code, error }))).toEqual(finished.map(() => ({ code: 0, error: '' })))
  })
})

describe('bad input gets one sentence, and nothing is changed', () => {
  const refused = (sentence: RegExp | string) => (finished: Finished) => {
    expect(finished.code).toBe(1)
    expect(finished.output).toBe('')
    expect(finished.error).toMatch(sentence)
    expect(finished.error).toMatch(oneSentence)
  }

  test.each([
    ['train --dataset cifar-10 --epochs 3', 'no option --epochs'],
    ['train --dataset imagenet', 'no data set named “imagenet”'],
    ['train --dataset cifar-10 --batch 301', 'A batch of 301 is larger than the training set of 300 images'],
    ['train --dataset cifar-10 --batch 100000', 'batch is 100000'],
    ['train --dataset cifar-10 --learning-rate 0', 'learning rate is 0'],
    ['train --dataset cifar-10 --learning-rate NaN', '--learning-rate needs a number'],
    ['train --dataset cifar-10 --steps 0', 'steps is 0'],
    ['train --dataset mnist --offline', 'MNIST is not on this computer yet'],
    ['resume 4', 'no run 4'],
    ['evaluate 4', 'no run 4'],
    ['compare 4 5', 'no run 4'],
  ])('lab %s', async (words, part) => {
    const home = await smallHome()
    refused(part)(await lab(home, words))
    expect((await lab(home, 'runs --json')).values).toEqual([[]])
    expect(readdirSync(home.datasets)).toEqual(['cifar-10'])
  })

  test('a truncated and an altered data file', async () => {
    const home = await smallHome()
    const file = path.join(home.datasets, 'cifar-10', 'forms', 'own', 'train.images')
    const bytes = readFileSync(file)
    truncateSync(file, 1000)
    refused('The stored files of CIFAR-10 are damaged')(
      await lab(home, 'train --dataset cifar-10 --batch 20 --steps 5'),
    )
    expect((await lab(home, 'runs --json')).values).toEqual([[]])

    bytes[5] ^= 1
    writeFileSync(file, bytes)
    refused('The stored files of CIFAR-10 are damaged (train.images has been altered)')(
      await lab(home, 'train --dataset cifar-10 --batch 20 --steps 5'),
    )
    expect((await lab(home, 'runs --json')).values).toEqual([[]])
    // It is known for damaged from now on, so that “dataset get” gets it again.
    refused('The stored files of CIFAR-10 are damaged')(
      await lab(home, 'train --dataset cifar-10 --batch 20 --steps 5'),
    )
    expect((await lab(home, 'datasets --json')).values[0]).toContainEqual(
      expect.objectContaining({ id: 'cifar-10', state: 'absent' }),
    )
    expect((await lab(home, 'datasets')).output).toMatch(/^cifar-10 +damaged /m)
  })

  test('a damaged checkpoint', async () => {
    const home = await smallHome()
    await lab(home, `${train} --steps 4`)
    const folder = checkpointFolder(home, 1)
    const file = path.join(folder, readdirSync(folder).sort().at(-1) ?? '')
    const bytes = readFileSync(file)
    bytes[bytes.length - 1] ^= 1
    writeFileSync(file, bytes)
    refused('is damaged (its content has changed since it was written) and was not used')(await lab(home, 'evaluate 1'))
    const resumed = await lab(home, 'resume 1 --steps 8')
    expect(resumed).toMatchObject({ code: 0, error: '' })
    expect(resumed.output).toMatch(
      /^Run 1 continues from step 0, where its newest sound checkpoint is\. These files are damaged, missing or from another run, and were not used: step-000000004\.safetensors\. [^]*\nRun 1 is done at step 8/,
    )
    expect((await lab(home, 'run 1 --json')).values).toMatchObject([{ state: 'done', step: 8, problem: null }])
  })

  test('a corrupt history', async () => {
    const home = await smallHome()
    writeFileSync(home.history, 'This is no database. '.repeat(500))
    const before = readFileSync(home.history)
    refused(/^The history file .* is damaged/)(await lab(home, 'runs'))
    expect(readFileSync(home.history)).toEqual(before)
  })

  test('a home folder that is a file', async () => {
    const home = await smallHome()
    rmSync(home.folder, { recursive: true })
    appendFileSync(home.folder, 'a file')
    refused('could not be written')(await lab(home, 'runs'))
    refused('could not be written (EEXIST)')(await lab(homePlaces(path.join(home.folder, 'below')), 'runs'))
  })

  linuxOnly('/proc takes no folders')('a home folder where no folder can be made', async () => {
    refused('could not be written (ENOENT)')(await lab(homePlaces('/proc/conv-lab/home'), 'runs'))
  })
})
