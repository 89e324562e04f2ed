import { flushSync, mount, tick, unmount } from 'svelte'
import { expect, test } from 'vitest'
import type { Checkpoint } from '../../../core/run/run.ts'
import ExportForm from '../../../renderer/pages/Train/ExportForm.svelte'
import { exportAddress } from '../../../renderer/state/routes.ts'
import { route } from '../../../renderer/state/route.svelte.ts'
import { sampleRun } from '../sampleRuns.ts'
import { pageText, says, show } from './mountedWindow.ts'

function checkpointAt(step: number): Checkpoint {
  return {
    step,
    file: `${step}.safetensors`,
    sha256: 'ab'.repeat(32),
    bytes: 10,
    reason: 'interval',
    createdAt: '2026-11-30T00:00:00Z',
  }
}

test('the form of an export opens with what an ONNX network is asked for', () => {
  const target = document.createElement('div')
  document.body.append(target)
  const run = sampleRun(1)
  const form = mount(ExportForm, { target, props: { run, checkpoints: [checkpointAt(300)] } })
  flushSync()
  target.querySelector('button')?.click()
  flushSync()
  expect(target.textContent).toContain('uint8')
  expect(target.querySelector('input')).not.toBeNull()
  void unmount(form)
})

test('an address that names a checkpoint opens the form with it, once and not with every step of training', async () => {
  const props = $state({ run: sampleRun(1), checkpoints: [checkpointAt(150), checkpointAt(300)] })
  show(ExportForm, props)
  route.correct(exportAddress(1, 150))
  await says('step 150')
  expect(pageText()).not.toContain('step 300')
  await expect.poll(() => document.activeElement?.textContent).toContain('ONNX')

  const elsewhere = document.createElement('button')
  document.body.append(elsewhere)
  elsewhere.focus()
  props.run = { ...props.run, step: props.run.step + 1 }
  flushSync()
  await tick()
  expect(document.activeElement).toBe(elsewhere)

  route.correct(exportAddress(1))
  await says('step 300')
})
