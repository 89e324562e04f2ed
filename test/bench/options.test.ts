import { describe, expect, test } from 'vitest'
import { isWhole, parseOptions, parts, usage } from '../../bench/options.ts'

describe('the options of the bench', () => {
  test('by default measure everything in five rounds', () => {
    const options = parseOptions([])
    expect(options).toMatchObject({
      help: false,
      quick: false,
      full: false,
      endurance: false,
      json: null,
      histories: null,
      rounds: 5,
      seconds: 1.5,
    })
    expect([...options.only]).toEqual([...parts])
    expect(isWhole(options)).toBe(true)
  })

  test('are shorter with --quick, and then the figures stand for nothing', () => {
    const options = parseOptions(['--quick'])
    expect(options).toMatchObject({ quick: true, rounds: 2, seconds: 0.4 })
    expect(isWhole(options)).toBe(false)
  })

  test('choose parts, rounds and a file', () => {
    const options = parseOptions([
      '--only',
      'conv-lab',
      '--only=pytorch',
      '--rounds',
      '3',
      '--json',
      'figures.json',
      '--full',
      '--endurance',
    ])
    expect(options).toMatchObject({ rounds: 3, json: 'figures.json', full: true, endurance: true })
    expect([...options.only]).toEqual(['conv-lab', 'pytorch'])
    expect(isWhole(options)).toBe(false)
  })

  test.each([
    [
      ['--only', 'jax'],
      'There is no part “jax” to measure; there are conv-lab, pytorch, keras, tfjs, roof, health, app, look, errors, compare, datasets, estimate.',
    ],
    [['--rounds', '0'], '--rounds needs a number from 1 to 999, not “0”.'],
    [['--rounds', 'many'], '--rounds needs a number from 1 to 999, not “many”.'],
    [['--json', ''], '--json needs a file.'],
    [['--histories', ''], '--histories needs a folder.'],
    [['--full', '--only', 'app'], '--full trains with Conv Lab: add --only conv-lab, or leave --only out.'],
    [['--endurance', '--only', 'keras'], '--endurance trains with Conv Lab: add --only conv-lab, or leave --only out.'],
    [['--fast'], "Unknown option '--fast'. See npm run bench -- --help."],
    [['now'], "Unexpected argument 'now'. See npm run bench -- --help."],
  ])('%j is refused in a sentence', (args, sentence) => {
    expect(() => parseOptions(args)).toThrow(sentence)
  })

  test('are all in the usage', () => {
    for (const option of [
      '--quick',
      '--only',
      '--rounds',
      '--full',
      '--endurance',
      '--json',
      '--histories',
      '--help',
      ...parts,
    ])
      expect(usage).toContain(option)
  })
})
