import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { parseOptions } from '../../../main/browser/options.ts'

describe('the options of the browser shell', () => {
  test('are all optional', () => {
    expect(parseOptions([])).toMatchObject({ help: false, port: 0, open: true, keepAlive: false })
  })

  test('are read in both spellings', () => {
    expect(parseOptions(['--home', '/tmp/x', '--port=8123', '--no-open', '--keep-alive'])).toEqual({
      help: false,
      home: path.resolve('/tmp/x'),
      port: 8123,
      open: false,
      keepAlive: true,
    })
  })

  test.each([
    [['--hoem', 'x'], /--hoem/],
    [['--home'], /--home/],
    [['--home='], /--home/],
    [['elsewhere'], /elsewhere/],
  ])('%j is refused with a sentence that names it', (args, named) => {
    expect(() => parseOptions(args)).toThrow(named)
    expect(() => parseOptions(args)).toThrow(/was not understood/)
  })

  test.each(['', '-1', '80.5', 'http', '65536'])('--port=%s is refused with the range', (port) => {
    expect(() => parseOptions([`--port=${port}`])).toThrow(/must be 0…65535/)
  })
})
