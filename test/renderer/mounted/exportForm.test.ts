import { mount, unmount, flushSync } from 'svelte'
import { expect, test } from 'vitest'
import ExportForm from '../../../renderer/pages/Train/ExportForm.svelte'
import { sampleRun } from '../sampleRuns.ts'

test('the form of an export opens with what an ONNX network is asked for', () => {
  const target = document.createElement('div')
  document.body.append(target)
  const run = sampleRun(1)
  const checkpoint = {
    step: 300,
    file: 'a.safetensors',
    sha256: 'ab'.repeat(32),
    bytes: 10,
    reason: 'end',
    createdAt: '2026-11-30T00:00:00Z',
  } as const
  const form = mount(ExportForm, { target, props: { run, checkpoints: [checkpoint] } })
  flushSync()
  target.querySelector('button')?.click()
  flushSync()
  expect(target.textContent).toContain('uint8')
  expect(target.querySelector('input')).not.toBeNull()
  void unmount(form)
})
