import { existsSync, readdirSync, rmSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, test } from 'vitest'
import type { BranchPoint } from '../../../core/run/branchPoint.ts'
import type { RunRequest } from '../../../core/run/run.ts'
import { parseSafetensors } from '../../../main/engine/checkpoint/safetensors.ts'
import { branchPointFile, checkpointFolder, type Home } from '../../../main/files/places.ts'
import type { WindowClient } from '../../../main/homeSocket/ownerLink.ts'
import type { Lab } from '../../../main/lab.ts'
import { openLab, smallRequest } from '../openLab.ts'
import { smallHome } from '../smallHome.ts'

type Tensors = ReadonlyMap<string, { readonly data: Float32Array }>

async function tensorsOf(lab: Lab, home: Home, run: number, step: number): Promise<Tensors> {
  const { file } = lab.history.checkpoint(run, step)
  return parseSafetensors(await readFile(path.join(checkpointFolder(home, run), file))).tensors
}

async function trained(lab: Lab, client: WindowClient, request: RunRequest): Promise<number> {
  const { id } = await client.runs.start(request)
  await lab.runs.atRest()
  expect(lab.history.run(id)).toMatchObject({ state: 'done', problem: null })
  return id
}

function pointOf(lab: Lab, run: number, step: number): BranchPoint {
  return { run, step, sha256: lab.history.checkpoint(run, step).sha256 }
}

function withFrom(request: RunRequest, from: BranchPoint): RunRequest {
  return { ...request, config: { ...request.config, from } }
}

async function emptyBin(client: WindowClient): Promise<void> {
  for await (const event of await client.runs.emptyBin({})) expect(event).not.toMatchObject({ left: [{}] })
}

test('a branch begins with the weights of its checkpoint, and outlives the run that it came from', async () => {
  const home = await smallHome()
  const { lab, client } = await openLab(home)
  const parent = await trained(lab, client, smallRequest(lab, { goal: 4, evaluateEvery: 2, learningRate: 1e-3 }))
  const from = pointOf(lab, parent, 2)
  const request = await client.runs.changed({ run: parent, at: 2, changes: { learningRate: 1e-4 } })
  expect(request).toMatchObject({ goal: 2, config: { from, schedule: { learningRate: 1e-4 } } })

  const branch = await trained(lab, client, request)
  const [before, begun] = [await tensorsOf(lab, home, parent, 2), await tensorsOf(lab, home, branch, 0)]
  for (const [name, { data }] of begun) {
    // The optimizer begins anew.
    if (name.startsWith('adam/')) expect(data.every((value) => value === 0)).toBe(true)
    else expect(data).toEqual(before.get(name)?.data)
  }
  expect(begun.size).toBe(before.size)

  // Nothing that happens to the parent takes the branch's beginning away.
  await client.runs.giveBackSpace({ runs: [parent] })
  await client.runs.delete({ runs: [parent] })
  await emptyBin(client)
  expect(() => lab.history.run(parent)).toThrow('There is no run')
  const again = await trained(lab, client, await client.runs.request({ run: branch }))
  const [one, other] = [await tensorsOf(lab, home, branch, 2), await tensorsOf(lab, home, again, 2)]
  for (const [name, { data }] of one) expect(other.get(name)?.data).toEqual(data)
  // It is proved like any other run.
  let proved: unknown
  for await (const event of await client.runs.proveResume({ request, breakAt: 1, by: 'pause' })) proved = event
  expect(proved).toMatchObject({ kind: 'proved', equal: true })

  // With the last branch its beginning goes too.
  await client.runs.delete({ runs: [branch] })
  await emptyBin(client)
  expect(existsSync(branchPointFile(home, from.sha256))).toBe(true)
  await client.runs.delete({ runs: [again] })
  await emptyBin(client)
  expect(readdirSync(home.branchPoints)).toEqual([])
  await expect(client.runs.start(request)).rejects.toMatchObject({
    data: { code: 'branch-run-gone', parameters: { run: parent, step: 2 } },
  })
})

test('what cannot be branched from is refused with what there is, and nothing begins', async () => {
  const home = await smallHome()
  const { lab, client } = await openLab(home)
  const request = smallRequest(lab, { goal: 2, evaluateEvery: 2 })
  const parent = await trained(lab, client, request)
  const from = pointOf(lab, parent, 2)
  const refused = async (asked: RunRequest, code: string, parameters: object = {}): Promise<void> => {
    for (const call of [client.runs.start, client.queue.add])
      await expect(call(asked)).rejects.toMatchObject({ data: { code, parameters } })
  }
  await refused(withFrom(request, { ...from, step: 1 }), 'branch-pruned', { known: '0, 2' })
  await refused(withFrom(request, { ...from, sha256: '0'.repeat(64) }), 'branch-other-bits')
  const { layers, ...model } = request.config.model
  const narrower = layers.map((layer) =>
    layer.name === 'fc_1' && layer.kind === 'dense' ? { ...layer, units: 8 } : layer,
  )
  const other = { ...request, config: { ...request.config, model: { ...model, layers: narrower } } }
  await refused(withFrom(other, from), 'branch-other-network')
  await expect(client.runs.changed({ run: parent, at: 2, changes: { frozen: ['pool_1'] } })).rejects.toMatchObject({
    data: { code: 'layer-not-freezable' },
  })
  rmSync(home.branchPoints, { recursive: true, force: true })
  const file = path.join(checkpointFolder(home, parent), lab.history.checkpoint(parent, 2).file)
  const bytes = await readFile(file)
  await writeFile(file, bytes.fill(0, bytes.length - 4))
  await refused(withFrom(request, from), 'branch-other-bits')
  await expect(client.runs.changed({ run: parent, at: 1, changes: {} })).rejects.toMatchObject({
    data: { code: 'checkpoint-unknown', parameters: { known: '0, 2' } },
  })
  expect((await client.runs.list()).total).toBe(1)
})

test('a branch may freeze the first layers of its checkpoint, and a branch of it trains them again', async () => {
  const home = await smallHome()
  const { lab, client } = await openLab(home)
  const parent = await trained(lab, client, smallRequest(lab, { goal: 2, evaluateEvery: 2 }))
  const movedIn = async (run: number): Promise<Set<string>> => {
    const [begun, ended] = [await tensorsOf(lab, home, run, 0), await tensorsOf(lab, home, run, 2)]
    const same = (name: string): boolean => begun.get(name)?.data.join() === ended.get(name)?.data.join()
    return new Set(
      [...ended.keys()].filter((name) => !same(name)).map((name) => name.replace(/^adam\//, '').split('/')[0]),
    )
  }
  const changes = { goal: 2, frozen: ['conv_1', 'norm_1'] }
  const branch = await trained(lab, client, await client.runs.changed({ run: parent, at: 2, changes }))
  expect((await tensorsOf(lab, home, branch, 2)).get('conv_1/kernel')?.data).toEqual(
    (await tensorsOf(lab, home, parent, 2)).get('conv_1/kernel')?.data,
  )
  const all = await movedIn(parent)
  expect(await movedIn(branch)).toEqual(new Set([...all].filter((layer) => !changes.frozen.includes(layer))))
  const fine = await client.runs.changed({ run: branch, at: 2, changes: { goal: 2, frozen: [] } })
  expect(await movedIn(await trained(lab, client, fine))).toEqual(all)
})
