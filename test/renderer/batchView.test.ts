import { expect, it } from 'vitest'
import type { BatchOfStep, BatchQuestion } from '../../core/inspect/distorting.ts'
import { BatchView } from '../../renderer/state/batchView.svelte.ts'
import { Answers, calls, connected, LabEnd, settled } from './labEnd.ts'

const member: BatchOfStep['images'][number] = {
  image: 7,
  label: 2,
  mixedLabel: null,
  epoch: 0,
  position: 3,
  distortion: { place: { top: 0, left: 1, mirrored: false, angle: 0 }, colours: null, cutout: null, weight: null },
}
const of = { run: 1 }

it('shows a part of a batch once its picture is there, and goes to another step from its beginning', async () => {
  const batches = new Answers<BatchQuestion, BatchOfStep>()
  const lab = await connected(new LabEnd({ look: { batch: calls.look.batch.handler(batches.take) } }))
  const loaded: string[] = []
  const view = new BatchView(lab, (address) => Promise.resolve(void loaded.push(address)))

  view.ask(of, 64)
  await settled()
  expect(batches.asked).toEqual([{ of, step: null, first: 0, count: 64 }])
  batches.give(0, { step: 301, batch: 100, first: 0, images: [member, member] })
  await settled()
  expect(view.shown?.picture).toEqual({ what: 'batch', of, step: 301, first: 0, count: 2 })
  expect(loaded).toHaveLength(1)

  view.first = 64
  view.ask(of, 64)
  await settled()
  expect(batches.asked[1]).toEqual({ of, step: null, first: 64, count: 64 })
  batches.refuse(1)
  await settled()
  expect(view.problem?.code).toBe('run-unknown')
  // What was there stays, for whoever goes back.
  expect(view.shown?.batch.step).toBe(301)

  view.goTo(12)
  view.ask(of, 64)
  await settled()
  expect(batches.asked[2]).toEqual({ of, step: 12, first: 0, count: 64 })
})
