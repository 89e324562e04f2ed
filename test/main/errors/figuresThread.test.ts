import { describe, expect, onTestFinished, test } from 'vitest'
import { receivedComparison, sentComparison } from '../../../core/errors/errorsComparison.ts'
import { receivedReport } from '../../../core/errors/errorsReport.ts'
import { errorsReportOf } from '../../../core/errors/errorsReportOf.ts'
import { compareErrors } from '../../../core/errors/compareErrors.ts'
import { errorsPage } from '../../../core/errors/listedImages.ts'
import { FiguresThread } from '../../../main/inspect/errors/figuresThread.ts'
import { made, passOf } from '../../core/errors/madePass.ts'

const [ten] = made.cases
const pass = passOf(ten)
const classes = Array.from({ length: ten.classes }, (_, label) => `class ${label}`)
const subject = { run: 1, checkpoint: 2, sha256: '0'.repeat(64), classes, storedAccuracy: null }

function opened(): FiguresThread {
  const thread = new FiguresThread()
  onTestFinished(() => thread.close())
  return thread
}

describe('the thread that computes figures of errors', () => {
  test('answers each of several questions with what is computed here', async () => {
    const thread = opened()
    const list = { kind: 'confident-mistakes' } as const
    const part = { from: 2, count: 5 }
    const side = { run: 1, checkpoint: 2, sha256: '0'.repeat(64), pass }
    const [report, images, comparison, csv] = await Promise.all([
      thread.ask({ kind: 'report', subject, pass }),
      thread.ask({ kind: 'images', pass, list, part }),
      thread.ask({ kind: 'comparison', first: side, second: side, classes }),
      thread.ask({ kind: 'csv', subject, pass, table: 'confusion' }),
    ])
    expect(receivedReport(report)).toEqual(errorsReportOf(subject, pass))
    expect(images).toEqual(errorsPage(pass, list, part))
    const here = compareErrors(side, side, classes)
    expect(comparison).toEqual(sentComparison(here))
    expect(receivedComparison(comparison)).toEqual(here)
    expect(csv.split('\n')[0]).toBe(['true', ...classes].join(','))
  })

  test('tells whoever asks what it cannot compute, and answers the next question', async () => {
    const thread = opened()
    // A class that the matrix does not have.
    const broken = { ...pass, classes: 2 }
    await expect(thread.ask({ kind: 'report', subject, pass: broken })).rejects.toThrow()
    expect(await thread.ask({ kind: 'report', subject, pass })).toMatchObject({ images: pass.labels.length })
  })

  test('can be closed before it was asked anything', async () => {
    await expect(opened().close()).resolves.toBeUndefined()
  })
})
