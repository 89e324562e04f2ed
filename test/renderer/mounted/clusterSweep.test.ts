// @module-tag slow
import { expect } from 'vitest'
import SweepsPage from '../../../renderer/pages/Sweeps/SweepsPage.svelte'
import { clusterForm } from '../../../renderer/state/clusterForm.svelte.ts'
import { nextRun } from '../../../renderer/state/nextRun.svelte.ts'
import { newSweep } from '../../../renderer/state/sweepForm.ts'
import { sweepsPage } from '../../../renderer/state/sweepsPage.svelte.ts'
import { standInRay } from '../../main/cluster/standInRay.ts'
import { openLab } from '../../main/openLab.ts'
import { smallHome } from '../../main/smallHome.ts'
import { linuxOnly } from '../../platforms.ts'
import { connectTo, element, pageText, press, says, saysNoMore, show, typeInto } from './mountedWindow.ts'

const onLinux = linuxOnly('the nodes of a cluster run Linux')

onLinux('a sweep is sent to a cluster, called back, sent again, and says what stands in its way', async () => {
  const { lab } = await openLab(await smallHome())
  await connectTo(lab)
  const ray = await standInRay(1, '/is/not/there')
  nextRun.chooseDataset('cifar-10')
  const rate = { setting: 'rate', mode: 'list', text: '0.001 0.01', ticked: [] } as const
  sweepsPage.change({ ...newSweep, axes: [{ ...rate, from: null, to: null, scale: 'log', count: null }] })
  sweepsPage.formOpen = true
  show(SweepsPage, {})
  await says('2 runs')
  clusterForm.change({ on: 'ray' })
  const send = (): HTMLElement => element('button', 'Send to the cluster')

  await says('Something above is missing or wrong')
  expect(send().getAttribute('aria-disabled')).toBe('true')
  expect(pageText()).not.toContain('At most minutes')
  typeInto('Address of Ray’s dashboard', 'head')
  typeInto('Conv Lab on the nodes', 'opt/conv-lab')
  await says('Write an address such as')
  await says('Write a full path')

  typeInto('Address of Ray’s dashboard', 'http://127.0.0.1:1')
  typeInto('Conv Lab on the nodes', '/opt/conv-lab')
  await says('2 runs · how long it takes depends on the cluster')
  press('button', 'Send to the cluster')
  await says('does not answer (ECONNREFUSED)')
  expect(lab.runs.sweeps.list()).toEqual([])

  typeInto('Address of Ray’s dashboard', ray.address)
  const taken = ray.holdUploads()
  press('button', 'Send to the cluster')
  await says(/Sending to the cluster .* of .* MB/)
  press('button', 'Cancel')
  await saysNoMore('Sending to the cluster')
  expect(pageText()).not.toContain('Interrupted')
  expect(lab.runs.sweeps.list()).toEqual([])
  taken()

  press('button', 'Send to the cluster')
  await says(`on the cluster at ${new URL(ray.address).host}`)
  await says('does not have what this run needs')
  await says('Waits because of a problem')
  expect(lab.runs.sweeps.show(1).sweep.cluster?.nodesHave).toBe('/opt/conv-lab')
})
