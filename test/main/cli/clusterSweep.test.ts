// @module-tag slow
import { writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import path from 'node:path'
import { expect } from 'vitest'
import { SweepPlan } from '../../../core/sweep/sweepPlan.ts'
import { linuxOnly } from '../../platforms.ts'
import { sentTo } from '../cluster/sentTo.ts'
import { standInRay } from '../cluster/standInRay.ts'
import { unpackedProgram } from '../cluster/unpackedProgram.ts'
import { openLab, smallRequest } from '../openLab.ts'
import { smallHome } from '../smallHome.ts'
import { lab } from './lab.ts'

const onLinux = linuxOnly('the nodes of a cluster run Linux')

onLinux('lab sweep --on ray sends a sweep, follows it to its end, and has its runs at home', async () => {
  const home = await smallHome()
  const ray = await standInRay(2, await unpackedProgram())
  const file = path.join(home.folder, 'rates.json')
  const options = { dataset: 'cifar-10', preset: 'digits', batch: 20, steps: 4, grid: { rate: [0.001, 0.01] } }
  await writeFile(file, JSON.stringify({ ...options, offline: true }))
  const words = `sweep ${file} --on ray --nodes-have /set/by/the/stand-in`

  const refused = await lab(home, `${words} --address http://127.0.0.1:1`)
  expect(refused).toMatchObject({ code: 1, output: '', error: expect.stringContaining('does not answer') })

  const sent = await lab(home, `${words} --address ${ray.address} --json`)
  expect(sent, sent.error).toMatchObject({ code: 0 })
  expect(sent.values.map(({ event }) => event)).toEqual(
    expect.arrayContaining(['sweep', 'started', 'started', 'done', 'done']),
  )
  expect(sent.values.at(-1)).toMatchObject({
    id: 1,
    state: 'done',
    reason: 'complete',
    problem: null,
    cluster: { address: ray.address },
    trials: [{ standing: 'finished' }, { standing: 'finished' }],
  })
  // The next command opens the folder anew, so all of it was stored.
  const [run] = (await lab(home, 'run 2 --json')).values
  expect(run).toMatchObject({ state: 'done', step: 4, computer: null, stretches: [{ computer: hostname() }] })
})

onLinux(
  'lab sweep pause --here ends a sweep whose cluster does not answer, and resume takes another address',
  async () => {
    const home = await smallHome()
    const ray = await standInRay(1, '')
    const opened = await openLab(home)
    const base = smallRequest(opened.lab, { goal: 8 })
    const plan = SweepPlan.parse({
      format: 1,
      base,
      axes: [{ setting: 'rate', values: { kind: 'list', list: [1e-4] } }],
      points: { kind: 'grid' },
      seeds: 1,
      seed: 1,
      halving: null,
      budget: { minutes: null, runs: null },
    } satisfies SweepPlan)
    const place = { address: ray.address, tokenFile: null, processors: 2, nodesHave: '/opt/conv-lab', dataFolder: null }
    await sentTo(opened.lab.runs.sweeps, plan, place)
    await opened.lab.close()
    ray.isThere = false
    expect((await lab(home, 'sweep cancel 1')).error).toContain('--here')
    expect(await lab(home, 'sweep pause 1 --here --json')).toMatchObject({ code: 0, values: [{ state: 'paused' }] })
    expect((await lab(home, 'sweep resume 1 --address http://127.0.0.1:1')).error).toContain(
      '127.0.0.1:1 does not answer',
    )
    expect(await lab(home, 'sweep cancel 1 --json')).toMatchObject({ code: 0, values: [{ state: 'cancelled' }] })
  },
)
onLinux('repeats of one run are sent to a cluster by their seeds alone', async () => {
  const home = await smallHome()
  const ray = await standInRay(2, await unpackedProgram())
  const words = 'sweep --dataset cifar-10 --preset digits --batch 20 --steps 4 --offline --seeds 2'
  const sent = await lab(home, `${words} --on ray --nodes-have /set/by/the/stand-in --address ${ray.address} --json`)
  expect(sent, sent.error).toMatchObject({ code: 0 })
  expect(sent.values.at(-1)).toMatchObject({
    state: 'done',
    problem: null,
    cluster: { address: ray.address },
    trials: [
      { seed: 1, standing: 'finished' },
      { seed: 2, standing: 'finished' },
    ],
  })
})
