import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { LabError } from '../../../core/words/problems.ts'
import { givenTo, parseArguments } from '../../../main/cli/arguments.ts'
import { trainCommand } from '../../../main/cli/commands/train.ts'

/** A full path as this system writes it. */
const full = (written: string): string => path.resolve(written)

function parse(line: string) {
  return parseArguments(line.split(' ').filter((word) => word !== ''))
}

function commandIn(line: string) {
  const invocation = parse(line)
  if (invocation.kind !== 'command') return invocation.kind
  const { name, input } = invocation.command
  return { name, ...input }
}

function sentenceFor(line: string): string {
  try {
    parse(line)
  } catch (thrown) {
    if (thrown instanceof LabError) return thrown.message
    throw thrown
  }
  return ''
}

describe('commands', () => {
  test('train with all its options', () => {
    const line =
      'train --dataset cifar-10 --preset seed --steps 300 --batch 50 --learning-rate 1e-3 --seed 7 --evaluate-every 100 --health-every 25 --no-distortion --offline'
    expect(commandIn(line)).toMatchObject({
      name: 'train',
      dataset: 'cifar-10',
      preset: 'seed',
      choices: {
        goal: 300,
        batch: 50,
        learningRate: 1e-3,
        seed: 7,
        evaluateEvery: 100,
        healthEvery: 25,
        distort: false,
      },
      offline: true,
    })
  })

  test('train names the weights that it begins with, and how they are confirmed', () => {
    const train = 'train --dataset cifar-10'
    expect(commandIn(`${train} --weights run:7@best --map exact --anew classes --freeze conv_1`)).toMatchObject({
      weights: {
        begin: { source: { kind: 'run', run: 7, at: 'best' }, anew: ['classes'], map: 'exact', writeMap: null },
        frozen: ['conv_1'],
      },
    })
    expect(commandIn(`${train} --weights run:7 --write-map t.json`)).toMatchObject({
      weights: { begin: { source: { at: 'last' }, map: null, writeMap: 't.json' } },
    })
    expect(sentenceFor(`${train} --weights w.onnx`)).toContain('--write-map FILE to see')
    expect(sentenceFor(`${train} --weights w.onnx --map exact --write-map t.json`)).toContain('--write-map FILE to see')
    expect(sentenceFor(`${train} --map exact`)).toContain('belong to --weights')
    expect(sentenceFor(`${train} --weights run:0 --map exact`)).toContain('run:N@best')
  })

  test('branch names its checkpoint, and what it changes', () => {
    expect(commandIn('branch 7 --at best --rate 1e-4 --steps 50 --no-distortion --queue')).toMatchObject({
      name: 'branch',
      run: 7,
      at: 'best',
      changes: { learningRate: 1e-4, goal: 50, distort: false },
      queue: true,
    })
    expect(commandIn('branch 7 --at best --freeze conv_1,norm_1')).toMatchObject({
      changes: { frozen: ['conv_1', 'norm_1'] },
    })
    expect(commandIn('branch 7 --at best --freeze none')).toMatchObject({ changes: { frozen: [] } })
    expect(sentenceFor('branch 7 --at best --freeze ,')).toContain('names of layers with commas, or none')
    expect(sentenceFor('branch 7')).toContain('--at is missing')
    expect(sentenceFor('branch 7 --at 3 --rate 0')).toContain('learning rate is 0')
  })

  test('why takes a run', () => {
    expect(commandIn('why 7 --json')).toMatchObject({ name: 'why', run: 7 })
  })

  test('what is expected of a run is given with it, in percent', () => {
    expect(commandIn('train --dataset mnist --expect 62.5 --worse-than 3 --because wider')).toMatchObject({
      expectation: { accuracy: 0.625, versus: { run: 3, better: 'other' }, because: 'wider' },
    })
    expect(commandIn('train --dataset mnist --better-than 3')).toMatchObject({
      expectation: { accuracy: null, versus: { run: 3, better: 'this' }, because: '' },
    })
    expect(commandIn('train --dataset mnist')).toMatchObject({ expectation: undefined })
    expect(commandIn('expectations --json')).toMatchObject({ name: 'expectations' })
    for (const wrong of ['101', '-1']) expect(sentenceFor(`train --dataset mnist --expect ${wrong}`)).toContain('0…100')
    expect(sentenceFor('train --dataset mnist --expect much')).toContain('a number')
    expect(sentenceFor('train --dataset mnist --better-than x')).toContain('the number of a run')
    expect(sentenceFor('train --dataset mnist --better-than 1 --worse-than 2')).toContain('one question')
    expect(sentenceFor('train --dataset mnist --expect 5 --seeds 3')).toContain('of one run')
    expect(sentenceFor(`train --dataset mnist --because ${'x'.repeat(501)}`)).toContain('501')
  })

  test('a proof is of a data set or of a run', () => {
    expect(commandIn('prove-resume --run 7')).toMatchObject({ of: 7, breakAt: 23 })
    expect(sentenceFor('prove-resume')).toContain('either --dataset or --run')
    expect(sentenceFor('prove-resume --run 7 --preset quick --classes cat,dog --offline')).toContain(
      '--classes, --preset, --offline can only be given with --dataset',
    )
    expect(commandIn('prove-resume --run 7 --steps 30 --batch 8 --seed 2 --by kill')).toMatchObject({
      of: 7,
      choices: { goal: 30, batch: 8, seed: 2 },
      by: 'kill',
    })
  })

  test('network time takes a batch, and measures unless it is to estimate', () => {
    expect(commandIn('network time my-net --batch 32 --estimate')).toMatchObject({
      name: 'network time',
      network: 'my-net',
      batch: 32,
      estimate: true,
    })
    expect(commandIn('network time my-net')).toMatchObject({ batch: 100, estimate: false })
    expect(sentenceFor('network time my-net --batch 0')).toContain('1…10000')
  })

  test('mirror serves a folder, and is told where to look', () => {
    expect(commandIn('mirror --dir /srv/sets')).toEqual({
      name: 'mirror',
      folder: full('/srv/sets'),
      host: '0.0.0.0',
      port: 8080,
      open: false,
    })
    expect(commandIn('mirror --dir /srv/sets --host 192.168.1.5 --port 0 --open')).toEqual({
      name: 'mirror',
      folder: full('/srv/sets'),
      host: '192.168.1.5',
      port: 0,
      open: true,
    })
    expect(commandIn('mirror use http://teacher:8080')).toEqual({ name: 'mirror use', place: 'http://teacher:8080' })
    expect(commandIn('mirror use none')).toEqual({ name: 'mirror use', place: null })
    expect(commandIn('mirror use 192.168.1.5:8080 --code k7m4qx')).toEqual({
      name: 'mirror use',
      place: '192.168.1.5:8080',
      code: 'k7m4qx',
    })
    expect(commandIn('update save --to /srv')).toEqual({ name: 'update save', folder: full('/srv') })
    expect(sentenceFor('mirror')).toContain('--dir is missing')
    expect(sentenceFor('mirror --dir /srv/sets --port 70000')).toContain('a port of at most 65535')
    expect(sentenceFor('mirror use')).toContain('PLACE is missing')
  })

  test('what is left out of train is the preset’s', () => {
    const command = commandIn('train --dataset mnist')
    expect(command).toMatchObject({
      name: 'train',
      dataset: 'mnist',
      preset: 'seed',
      choices: { distort: true },
      offline: false,
      queue: false,
    })
    const { choices } = trainCommand.inputOf(givenTo(trainCommand, ['train', '--dataset', 'mnist']))
    const chosen = Object.entries(choices).filter(([, value]) => value !== undefined)
    expect(chosen).toEqual([['distort', true]])
  })

  test.each([
    ['datasets', { name: 'datasets' }],
    ['dataset get mnist', { name: 'dataset get', dataset: 'mnist', edition: undefined }],
    ['dataset get linnaeus-5 --edition 64', { name: 'dataset get', dataset: 'linnaeus-5', edition: '64' }],
    [
      'dataset import own /a/b --name Shells',
      {
        name: 'dataset import',
        dataset: 'own',
        path: full('/a/b'),
        called: 'Shells',
        wishes: undefined,
        planOnly: false,
      },
    ],
    [
      'dataset import own /a/b --plan --labels-from table --label-column a.csv:breed --train one,"two",три --parts-from folders',
      {
        name: 'dataset import',
        dataset: 'own',
        path: full('/a/b'),
        called: undefined,
        wishes: {
          labelsFrom: 'table',
          labelColumn: 'a.csv:breed',
          partsFrom: 'folders',
          train: ['one', 'two', 'три'],
        },
        planOnly: true,
      },
    ],
    [
      'dataset import mnist /a/b',
      {
        name: 'dataset import',
        dataset: 'mnist',
        path: full('/a/b'),
        called: undefined,
        wishes: undefined,
        planOnly: false,
      },
    ],
    ['dataset pack mnist --out /a/b.tar', { name: 'dataset pack', dataset: 'mnist', file: full('/a/b.tar') }],
    ['dataset remove mnist', { name: 'dataset remove', dataset: 'mnist' }],
    ['dataset show mnist', { name: 'dataset show', dataset: 'mnist' }],
    [
      'dataset prepare mnist --side 32',
      {
        name: 'dataset prepare',
        dataset: 'mnist',
        form: { side: 32, fit: undefined, cut: undefined, margin: undefined, least: undefined },
      },
    ],
    ['resume 7', { name: 'resume', run: 7, goal: undefined, queue: false }],
    ['resume 7 --steps 600 --queue', { name: 'resume', run: 7, goal: 600, queue: true }],
    ['resume 7 --health-every 0', { name: 'resume', run: 7, healthEvery: 0, queue: false }],
    ['health 7', { name: 'health', run: 7 }],
    ['resume --steps=600 7', { name: 'resume', run: 7, goal: 600, queue: false }],
    ['runs', { name: 'runs', where: '', sort: [], columns: null, shelf: 'kept' }],
    [
      'runs --where mnist --sort best,-rate --columns id,optimizer.beta1 --shelf all',
      {
        name: 'runs',
        where: 'mnist',
        sort: [
          { column: 'best', descending: false },
          { column: 'rate', descending: true },
        ],
        columns: ['id', 'optimizer.beta1'],
        shelf: 'all',
      },
    ],
    ['name 7 first', { name: 'name', run: 7, given: 'first' }],
    ['name 7 --off', { name: 'name', run: 7, given: null }],
    ['note 7 --off', { name: 'note', run: 7, note: '' }],
    [
      'tag 7 8 --add a,b --remove c',
      { name: 'tag', chosen: { runs: [7, 8], where: null }, add: ['a', 'b'], remove: ['c'] },
    ],
    ['example', { name: 'example', remove: false }],
    ['example --remove', { name: 'example', remove: true }],
    ['star 7 --off', { name: 'star', chosen: { runs: [7], where: null }, off: true }],
    ['archive --where mnist', { name: 'archive', chosen: { runs: [], where: 'mnist' }, off: false }],
    ['delete 7 8', { name: 'delete', chosen: { runs: [7, 8], where: null } }],
    ['bin --empty', { name: 'bin', empty: true }],
    ['space', { name: 'space', chosen: null, giveBack: false }],
    ['space 7 --give-back', { name: 'space', chosen: { runs: [7], where: null }, giveBack: true }],
    ['run 7', { name: 'run', run: 7 }],
    ['compare 7 8 9', { name: 'compare', runs: [7, 8, 9] }],
    ['compare --where star', { name: 'compare', runs: null, where: 'star' }],
    ['evaluate 7', { name: 'evaluate', run: 7, checkpoint: undefined }],
    ['evaluate 7 --checkpoint 0', { name: 'evaluate', run: 7, checkpoint: 0 }],
    [
      'errors 7 --checkpoint best --csv /a/tables',
      { name: 'errors', first: { run: 7, checkpoint: 'best' }, second: null, folder: full('/a/tables') },
    ],
    [
      'errors 7 8 --checkpoint 300',
      { name: 'errors', first: { run: 7, checkpoint: 300 }, second: { run: 8, checkpoint: 300 }, folder: null },
    ],
    [
      'errors 7 7 --second-checkpoint 0',
      { name: 'errors', first: { run: 7, checkpoint: 'last' }, second: { run: 7, checkpoint: 0 }, folder: null },
    ],
    [
      'embedding 7 --checkpoint best --csv /a/plane.csv',
      {
        name: 'embedding',
        question: { run: 7, checkpoint: 'best', images: 2000, method: { kind: 'pca' } },
        file: full('/a/plane.csv'),
      },
    ],
    [
      'embedding 7 --method umap --images 1000 --seed 4',
      {
        name: 'embedding',
        question: {
          run: 7,
          checkpoint: 'last',
          images: 1000,
          method: { kind: 'umap', neighbours: 15, seed: 4 },
        },
        file: null,
      },
    ],
    [
      'predict 7 --image test:512',
      {
        name: 'predict',
        subject: { run: 7, checkpoint: 'last' },
        asked: { kind: 'stored', image: { kind: 'stored', split: 'test', number: 512 } },
      },
    ],
    [
      'predict 7 /a/photos --checkpoint 300',
      {
        name: 'predict',
        subject: { run: 7, checkpoint: 300 },
        asked: { kind: 'path', path: full('/a/photos'), name: '/a/photos' },
      },
    ],
    [
      'maps 7 /a/b.jpg --layer conv_2 --checkpoint best --out /a/m.SVG --per-map --scale 3',
      {
        name: 'maps',
        subject: { run: 7, checkpoint: 'best' },
        asked: { kind: 'path', path: full('/a/b.jpg'), name: '/a/b.jpg' },
        layer: 'conv_2',
        out: { path: full('/a/m.SVG'), format: 'svg' },
        perMap: true,
        scale: 3,
      },
    ],
  ])('%s', (line, command) => {
    expect(commandIn(line)).toEqual(command)
  })

  test.each([
    ['dataset import mnist /a/b --plan', 'belong to your own images (ID own)'],
    ['dataset import core50 /a/b --test s3', 'belong to your own images (ID own)'],
    ['dataset import own /a/b --train a,,b', 'names of folders with commas between them'],
    ['dataset import own /a/b --labels-from names', 'folders, table'],
    [`dataset import own /a/b --name ${'x'.repeat(81)}`, 'A name of 81 characters is too long'],
  ])('%s is refused', (line, why) => {
    expect(sentenceFor(line)).toContain(why)
  })

  test('home and json go with every command, before it or behind it', () => {
    expect(parse('runs --home /a/b --json')).toMatchObject({ kind: 'command', home: '/a/b', json: true })
    expect(parse('--json --home /a/b runs')).toMatchObject({ kind: 'command', home: '/a/b', json: true })
    expect(parse('runs')).toMatchObject({ kind: 'command', home: null, json: false })
  })
})

describe('help', () => {
  test.each(['', '--help', '-h', 'help'])('“lab %s” lists all commands', (line) => {
    const invocation = parse(line)
    expect(invocation.kind === 'help' && invocation.text).toMatch(
      /datasets[^]*dataset get ID[^]*train[^]*resume RUN[^]*runs[^]*run RUN[^]*compare \[RUN\.\.\.\][^]*evaluate RUN/,
    )
  })

  test.each(['train --help', 'train -h', 'train --dataset nonsense --help'])(
    '“lab %s” lists the options of train',
    (line) => {
      const invocation = parse(line)
      expect(invocation.kind === 'help' && invocation.text).toMatch(
        /--dataset ID[^]*--learning-rate RATE[^]*--no-distortion[^]*--home DIR/,
      )
    },
  )

  test('the version', () => {
    expect(parse('--version')).toEqual({ kind: 'version' })
  })
})

describe('what is wrong is said in one sentence', () => {
  test.each([
    ['frobnicate', 'no command “frobnicate”'],
    ['errors', 'RUN is missing'],
    ['errors 7 cat', '“cat” is not the number of a run'],
    ['errors 7 --second-checkpoint 3', '--second-checkpoint needs a second RUN'],
    ['embedding 7 --neighbours 5', '--neighbours and --seed are for --method umap'],
    ['embedding 7 --images 2', '--images'],
    ['embedding 7 --method tsne', 'pca, umap'],
    ['predict', 'RUN is missing'],
    ['predict 7', '--image (such as test:512) or the PATH of a picture is missing'],
    ['predict 7 a.jpg --image test:1', '--image and a PATH are two answers to one question'],
    ['predict 7 a.jpg b.jpg', '“b.jpg” is one word too many'],
    ['predict 7 --image 512', 'train:N or test:N'],
    ['maps 7 --image test:1', '--layer is missing'],
    ['maps 7 --image test:1 --layer conv_1 --out m.jpg', 'a name that ends in .png or .svg'],
    ['weights 7 --layer conv_1 --out w.gif', 'a name that ends in .png or .svg'],
    ['dataset', 'no command “dataset”'],
    ['--frob', 'Options alone are not a command'],
    ['--json --home /a/b', 'Options alone are not a command'],
    ['train --dataset mnist --epochs 3', 'no option --epochs'],
    ['runs --steps 3', 'no option --steps'],
    ['train', '--dataset is missing'],
    ['train --dataset', '--dataset needs a value'],
    ['train --dataset --json', '--dataset needs a value'],
    ['train --dataset=', '--dataset needs a value'],
    ['train --dataset mnist --preset huge', 'no preset “huge”'],
    ['train --dataset mnist --steps 0', 'steps is 0'],
    ['train --dataset mnist --steps 1.5', 'steps is 1.5'],
    ['train --dataset mnist --steps 12abc', '--steps needs a number'],
    ['train --dataset mnist --steps 0x10', '--steps needs a number'],
    ['train --dataset mnist --learning-rate 0', 'learning rate is 0'],
    ['train --dataset mnist --learning-rate -1', 'learning rate is -1'],
    ['train --dataset mnist --learning-rate NaN', '--learning-rate needs a number'],
    ['train --dataset mnist --learning-rate Infinity', '--learning-rate needs a number'],
    ['train --dataset mnist --learning-rate 1e999', '--learning-rate needs a number'],
    ['train --dataset mnist --seed 4294967296', 'seed is 4294967296'],
    ['train --dataset mnist extra', '“extra” is one word too many'],
    ['datasets --json=yes', '--json needs no value'],
    ['run', 'RUN is missing'],
    ['run seven', '“seven” is not the number of a run'],
    ['run 0', '“0” is not the number of a run'],
    ['run 1.5', '“1.5” is not the number of a run'],
    ['compare 7', 'compared with another one'],
    ['compare', 'it takes runs, or --where'],
    ['compare 7 8 --where cifar', 'it takes runs, or --where'],
    ['compare 7 7', 'compared with another one'],
    ['resume 7 8', '“8” is one word too many'],
    ['evaluate 7 --checkpoint 1.5', '--checkpoint needs a whole number'],
  ])('lab %s', (line, part) => {
    expect(sentenceFor(line)).toContain(part)
  })
})

describe('what a run takes of a set', () => {
  test('comes with train and with prove-resume', () => {
    const words =
      '--dataset core50 --classes cup1,can2 --labels categories --per-class 9 --side 48 --fit fit --test-groups 3,7,10'
    const data = {
      classes: ['cup1', 'can2'],
      labels: 'categories',
      perClass: 9,
      side: 48,
      fit: 'fit',
      testGroups: [3, 7, 10],
    }
    expect(commandIn(`train ${words}`)).toMatchObject({ name: 'train', data })
    expect(commandIn(`prove-resume ${words}`)).toMatchObject({ name: 'prove-resume', data })
  })

  test.each([
    ['--side 23', '--side is 23; it must be 24…128'],
    ['--side 32.5', '--side is 32.5; it must be 24…128'],
    ['--fit stretch', '--fit needs crop, fit'],
    ['--cut object --margin 0.6', '--margin is 0.6; it must be 0…0.5'],
    ['--cut whole --margin 0.1', '--margin and --least belong to --cut object'],
    ['--per-class 0', '--per-class is 0; it must be 1…1000000'],
    ['--split random', '--split needs official, drawn'],
    ['--split official --split-seed 3', 'belong to --split drawn'],
    ['--split drawn --test-groups 3', 'two answers to one question'],
    ['--test-groups 3,a', '--test-groups needs numbers'],
    ['--test-groups 70000', '--test-groups needs numbers'],
    ['--classes "apple', '--classes needs names'],
  ])('%s is refused', (words, part) => {
    expect(sentenceFor(`train --dataset some ${words}`)).toContain(part)
  })
})
