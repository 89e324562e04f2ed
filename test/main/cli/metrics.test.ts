// @module-tag slow
import { spawnSync } from 'node:child_process'
import { beforeEach, describe, expect, test } from 'vitest'
import type { Home } from '../../../main/files/places.ts'
import { openHistory, temporaryHome } from '../history/temporaryHome.ts'
import { engine, request } from '../history/testRun.ts'
import { lab } from './lab.ts'
import { posixOnly } from '../../platforms.ts'
import { bundled } from '../../programs/bundled.ts'

/** More steps than are asked for at a time. */
const last = 5003

/** Values whose shortest decimal form has all kinds of lengths. */
const lossAt = (step: number): number => Math.sin(step) / 3
const accuracyAt = (step: number): number => (step % 100) / 100
const secondsAt = (step: number): number => step / 7

let home: Home

beforeEach(() => {
  home = temporaryHome()
  const history = openHistory(home)
  const { id } = history.createRun(request, 50_000)
  history.beginStretch(id, 0, engine)
  history.addEvaluation(id, { step: 0, loss: 2.3, accuracy: 0.1, validation: null }, 1)
  const steps = Array.from({ length: last }, (_, index) => index + 1)
  history.addSteps(id, 1, steps.map(lossAt), steps.map(accuracyAt), steps.map(secondsAt))
  history.addEvaluation(id, { step: 5000, loss: 1 / 3, accuracy: 0.5, validation: { loss: 0.1, accuracy: 0.25 } }, 1)
  history.addEvaluation(id, { step: last, loss: 0.2, accuracy: 0.75, validation: null }, 1)
  history.endRun(id, 'stopped', null)
  history.close()
})

describe('“lab metrics”', () => {
  test('writes every step and evaluation as CSV, exactly', async () => {
    const told = await lab(home, 'metrics 1')
    expect([told.code, told.error]).toEqual([0, ''])
    const lines = told.output.split('\n')
    expect(lines.pop()).toBe('')
    expect(lines).toHaveLength(last + 2)
    expect(lines[0]).toBe('step,seconds,loss,accuracy,test_loss,test_accuracy,validation_loss,validation_accuracy')
    expect(lines[1]).toBe('0,0,,,2.3,0.1,,')
    expect(lines.slice(2).map((line) => line.split(',').slice(0, 4).map(Number))).toEqual(
      Array.from({ length: last }, (_, index) => [
        index + 1,
        secondsAt(index + 1),
        lossAt(index + 1),
        accuracyAt(index + 1),
      ]),
    )
    expect(lines[5001].split(',').slice(4)).toEqual([String(1 / 3), '0.5', '0.1', '0.25'])
    expect(lines[5004].split(',').slice(4)).toEqual(['0.2', '0.75', '', ''])
    expect(lines[3].split(',').slice(4)).toEqual(['', '', '', ''])
  })

  test.each(['--format jsonl', '--json'])('with %s writes a JSON value a step', async (option) => {
    const told = await lab(home, `metrics 1 ${option}`)
    const values = told.output
      .trimEnd()
      .split('\n')
      .map((line): unknown => JSON.parse(line))
    expect(values).toHaveLength(last + 1)
    expect(values[1]).toEqual({
      step: 1,
      seconds: secondsAt(1),
      loss: lossAt(1),
      accuracy: accuracyAt(1),
      testLoss: null,
      testAccuracy: null,
      validationLoss: null,
      validationAccuracy: null,
    })
    expect(values[5000]).toMatchObject({ step: 5000, testLoss: 1 / 3, validationAccuracy: 0.25 })
  })

  test('refuses an unknown run, another format, and two formats at once', async () => {
    expect(await lab(home, 'metrics 9')).toMatchObject({ code: 1, output: '' })
    expect(await lab(home, 'metrics 1 --format xml')).toMatchObject({ code: 1, output: '' })
    expect(await lab(home, 'metrics 1 --format csv --json')).toMatchObject({ code: 1, output: '' })
  })

  posixOnly('the line is one of a POSIX shell')('ends quietly when its reader has seen enough', () => {
    const { stdout, stderr } = spawnSync(
      'sh',
      ['-c', `"${process.execPath}" "${bundled('cli')}" metrics 1 --home "${home.folder}" | head -n 2`],
      { encoding: 'utf8' },
    )
    expect(stdout.split('\n')[1]).toBe('0,0,,,2.3,0.1,,')
    expect(stderr).toBe('')
  })
})
