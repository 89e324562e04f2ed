// @module-tag slow
import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, test } from 'vitest'
import { metricTableHeader } from '../../../core/run/metricTable.ts'
import type { ExportQuestion, ExportResult } from '../../../core/run/runExport.ts'
import { pythonEnvironment, tensorboardPython } from '../engine/export/pythonEnvironment.ts'
import { openLab, type OpenLab, rested, smallRequest } from '../openLab.ts'
import { smallHome } from '../smallHome.ts'
import { readEvents } from './readEvents.ts'

/** A lab with a run of six steps, measured after the third and the last. */
async function trainedLab(): Promise<OpenLab & { readonly run: number }> {
  const open = await openLab(await smallHome())
  const { lab } = open
  const { id: run } = lab.runs.start(smallRequest(lab, { goal: 6, evaluateEvery: 3, healthEvery: 3 }))
  await rested(lab, run, 0)
  return { ...open, run }
}

async function exported(
  { client, lab, run }: OpenLab & { readonly run: number },
  asked: Partial<ExportQuestion>,
): Promise<ExportResult> {
  const folder = path.join(lab.home.folder, `exported-${asked.format}`)
  const usual = { run, checkpoint: 'last', format: 'csv', input: 'uint8', folder, live: false } as const
  for await (const event of await client.runs.export({ ...usual, ...asked }))
    if (event.kind === 'done') return event.result
  throw new Error('an export ended without a word')
}

test('a table has a row for every step, and what cannot be written is refused in a sentence', async () => {
  const open = await trainedLab()
  const { folder, files } = await exported(open, { format: 'csv' })
  expect((await readdir(folder)).sort()).toEqual([...files].sort())
  const [header, ...rows] = (await readFile(path.join(folder, 'metrics.csv'), 'utf8')).trimEnd().split('\n')
  expect(header).toBe(metricTableHeader)
  expect(rows.map((row) => Number(row.split(',')[0]))).toEqual([1, 2, 3, 4, 5, 6])
  expect(await readFile(path.join(folder, 'README.md'), 'utf8')).toContain(`run ${open.run}`)

  await expect(exported(open, { format: 'onnx', checkpoint: 5 })).rejects.toMatchObject({
    data: { code: 'checkpoint-unknown' },
  })
  await expect(exported(open, { folder: 'somewhere' })).rejects.toMatchObject({ data: { code: 'bad-input' } })
  await expect(exported(open, { run: 99 })).rejects.toMatchObject({ data: { code: 'run-unknown' } })
  const taken = path.join(open.lab.home.folder, 'history.sqlite', 'inside')
  await expect(exported(open, { folder: taken })).rejects.toMatchObject({ data: { code: 'write-failed' } })
})

test(
  'TensorBoard reads all curves, evaluations and histograms',
  { tags: ['online'], timeout: 600_000 },
  async ({ skip }) => {
    const { python, missing } = await pythonEnvironment(tensorboardPython)
    if (python === null) return skip(`not checked: ${missing}`)
    const open = await trainedLab()
    const { folder } = await exported(open, { format: 'tensorboard' })
    const { scalars, histograms } = await readEvents(python, folder)
    const { history } = open.lab
    const { loss } = history.steps({ run: open.run, after: 0, count: 10 })
    expect(scalars['loss/batch']).toEqual(loss.map((value, index) => [index + 1, Math.fround(value)]))
    const tested = history.evaluations({ run: open.run, after: null, count: 10 })
    expect(scalars['accuracy/test']).toEqual(tested.map(({ step, accuracy }) => [step, Math.fround(accuracy)]))
    const measured = history.healthRows({ run: open.run, after: null, count: 10 })
    const [first] = measured[0].layers.filter(({ weights }) => weights !== null)
    const steps = measured.map(({ step }) => step)
    expect(histograms[`weights/${first.layer}`].map(([step]) => step)).toEqual(steps)
    expect(scalars[`weight_norm/${first.layer}`].map(([step]) => step)).toEqual(steps)
  },
)
