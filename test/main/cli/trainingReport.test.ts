import { expect, test } from 'vitest'
import type { LabEvent } from '../../../core/contract/windowContract.ts'
import { Output } from '../../../main/cli/output.ts'
import { TrainingReport } from '../../../main/cli/trainingReport.ts'

function screen(isTTY: boolean): { text: string; isTTY: boolean; columns: number; write(text: string): void } {
  return {
    text: '',
    isTTY,
    columns: 100,
    write(text) {
      this.text += text
    },
  }
}

function steps(first: number, count: number, run = 7): LabEvent {
  const column = (of: (step: number) => number): number[] =>
    Array.from({ length: count }, (_, index) => of(first + index))
  return {
    kind: 'steps',
    sequence: 1,
    run,
    first,
    loss: column((step) => 1 / step),
    accuracy: column(() => 0.5),
    seconds: column((step) => step / 10),
    imagesPerSecond: 1000,
  }
}

const run = { run: 7, batch: 100, from: 0, goal: 25 }

test('as JSON every tenth step is a line, and the last one', () => {
  const terminal = screen(true)
  const report = new TrainingReport(new Output(terminal, true), run)
  report.take(steps(1, 13))
  report.take(steps(1, 13, 8))
  report.take({
    kind: 'evaluated',
    sequence: 2,
    run: 7,
    evaluation: { step: 13, loss: 2, accuracy: 0.4, validation: null },
    seconds: 1.3,
  })
  report.take(steps(14, 12))
  report.end()
  expect(
    terminal.text
      .trimEnd()
      .split('\n')
      .map((line): unknown => JSON.parse(line)),
  ).toEqual([
    { event: 'step', step: 10, loss: 0.1, accuracy: 0.5, seconds: 1 },
    { event: 'evaluated', step: 13, testAccuracy: 0.4, testLoss: 2, seconds: 1.3 },
    { event: 'step', step: 20, loss: 0.05, accuracy: 0.5, seconds: 2 },
    { event: 'step', step: 25, loss: 0.04, accuracy: 0.5, seconds: 2.5 },
  ])
})

test('a run that is held tells the step at which it is', () => {
  const terminal = screen(false)
  const report = new TrainingReport(new Output(terminal, true), run)
  report.take(steps(1, 13))
  report.end()
  expect(
    terminal.text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line).step),
  ).toEqual([10, 13])
})

test('a terminal has one line that renews itself and is gone at the end', () => {
  const terminal = screen(true)
  const report = new TrainingReport(new Output(terminal, false), { ...run, goal: 2500 })
  report.take(steps(1, 100))
  expect(terminal.text).toMatch(/^\r\u001b\[2K█░+ step 100 of 2500, loss 0\.0100, 1000 images\/s, 4 min 00 s left$/)
  report.end()
  expect(terminal.text).toMatch(/\r\u001b\[2Kstep 100: loss 0\.0100, batch accuracy 50\.0 %\n$/)
})

test('without a terminal there are some plain lines, whatever the number of steps', () => {
  const terminal = screen(false)
  const report = new TrainingReport(new Output(terminal, false), { ...run, goal: 100_000 })
  report.take(steps(1, 100_000))
  report.end()
  const lines = terminal.text.trimEnd().split('\n')
  expect(lines).toHaveLength(20)
  expect(lines[0]).toBe('step 5000: loss 0.0002, batch accuracy 50.0 %')
})
