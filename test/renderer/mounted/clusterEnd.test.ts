// @module-tag slow
import { expect } from 'vitest'
import { SweepPlan } from '../../../core/sweep/sweepPlan.ts'
import SweepsPage from '../../../renderer/pages/Sweeps/SweepsPage.svelte'
import { sentTo } from '../../main/cluster/sentTo.ts'
import { standInRay } from '../../main/cluster/standInRay.ts'
import { openLab, smallRequest } from '../../main/openLab.ts'
import { smallHome } from '../../main/smallHome.ts'
import { linuxOnly } from '../../platforms.ts'
import { connectTo, press, says, show } from './mountedWindow.ts'

const onLinux = linuxOnly('the nodes of a cluster run Linux')

onLinux('a sweep whose cluster does not answer is paused here by a second press', async () => {
  const { lab } = await openLab(await smallHome())
  const ray = await standInRay(1, '')
  const plan = SweepPlan.parse({
    format: 1,
    base: smallRequest(lab, { goal: 8 }),
    axes: [{ setting: 'rate', values: { kind: 'list', list: [1e-4] } }],
    points: { kind: 'grid' },
    seeds: 1,
    seed: 1,
    halving: null,
    budget: { minutes: null, runs: null },
  } satisfies SweepPlan)
  const place = { address: ray.address, tokenFile: null, processors: 2, nodesHave: '/opt/conv-lab', dataFolder: null }
  const { id } = await sentTo(lab.runs.sweeps, plan, place)
  await connectTo(lab)
  show(SweepsPage, {})
  await says('on the cluster at')
  ray.isThere = false
  press('button', 'Pause')
  await says('could not be asked to end this sweep')
  expect(lab.runs.sweeps.show(id).sweep.state).toBe('active')
  press('button', 'Pause here alone')
  await says('Paused')
  expect(lab.runs.sweeps.show(id).sweep.state).toBe('paused')
})
