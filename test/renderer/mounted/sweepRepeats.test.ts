// @module-tag slow
import { expect, test } from 'vitest'
import SweepsPage from '../../../renderer/pages/Sweeps/SweepsPage.svelte'
import { nextRun } from '../../../renderer/state/nextRun.svelte.ts'
import { newSweep } from '../../../renderer/state/sweepForm.ts'
import { sweepsPage } from '../../../renderer/state/sweepsPage.svelte.ts'
import { openLab, smallRequest } from '../../main/openLab.ts'
import { smallHome } from '../../main/smallHome.ts'
import { connectTo, element, pageText, says, show, typeInto } from './mountedWindow.ts'

test('a sweep needs a setting or several seeds, and shows repeats without asking which setting mattered', async () => {
  const { lab, client } = await openLab(await smallHome())
  const { id } = await client.sweeps.start({
    plan: {
      format: 1,
      base: smallRequest(lab, { goal: 2 }),
      axes: [],
      points: { kind: 'grid' },
      seeds: 2,
      seed: 1,
      halving: null,
      budget: { minutes: null, runs: null },
    },
  })
  await expect.poll(() => lab.runs.sweeps.show(id).sweep.state, { timeout: 60_000 }).toBe('done')
  await connectTo(lab)
  nextRun.chooseDataset('cifar-10')
  sweepsPage.change(newSweep)
  sweepsPage.formOpen = true
  show(SweepsPage, {})
  await says(/ · 2 seeds/)
  await says('Run 2')
  expect(pageText()).not.toContain('Which setting mattered')

  await says('Add a setting and its values, or take several seeds')
  const start = (): HTMLElement => element('button', 'Start sweep')
  expect(start().getAttribute('aria-disabled')).toBe('true')
  typeInto('Seeds for each point', '3')
  await says('3 runs')
  expect(start().getAttribute('aria-disabled')).not.toBe('true')
})
