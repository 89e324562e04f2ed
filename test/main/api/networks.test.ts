import { safe } from '@orpc/client'
import { expect, test } from 'vitest'
import { Problem } from '../../../core/words/problems.ts'
import { longestDraft } from '../../../core/network/savedNetwork.ts'
import type { RunRequest } from '../../../core/run/run.ts'
import { leNet5 } from '../../core/network/sampleNetworks.ts'
import { eventsUntil, openLab, smallRequest } from '../openLab.ts'
import { smallHome } from '../smallHome.ts'

/** The code of the problem with which a call ends; null where it does not. */
async function codeOf(call: PromiseLike<unknown>): Promise<string | null> {
  const { error } = await safe(Promise.resolve(call))
  if (error === null) return null
  return Problem.parse('data' in error ? error.data : null).code
}

test('a network is saved, listed, given, renamed and removed, and every window hears of it', async () => {
  const { lab, client } = await openLab(await smallHome())
  const saved = await client.networks.save({ name: 'LeNet-5', note: 'as taught', network: leNet5 })
  expect(saved).toMatchObject({ name: 'LeNet-5', version: 1, note: 'as taught', network: leNet5 })
  await client.networks.save({
    name: 'lenet-5',
    note: '',
    network: { ...leNet5, input: { height: 28, width: 28, channels: 1 } },
  })
  expect(await client.networks.list()).toMatchObject([
    { name: 'LeNet-5', version: 2, layers: 12, input: { height: 28, width: 28, channels: 1 } },
  ])
  expect((await client.networks.get({ name: 'LENET-5', version: 1 })).network).toEqual(leNet5)
  expect((await client.networks.versions({ name: 'LeNet-5' })).map(({ version }) => version)).toEqual([2, 1])
  expect((await client.networks.rename({ name: 'LeNet-5', to: 'Net' })).name).toBe('Net')
  await client.networks.remove({ name: 'net' })
  expect(await client.networks.list()).toEqual([])
  const events = await eventsUntil(lab, 0, (event) => event.kind === 'networks' && event.networks.length === 0)
  const told = events.flatMap((event) => (event.kind === 'networks' ? [event.networks.map(({ name }) => name)] : []))
  expect(told).toEqual([['LeNet-5'], ['LeNet-5'], ['Net'], []])
})

test('what cannot be done is refused in a sentence, and nothing is changed', async () => {
  const { client } = await openLab(await smallHome())
  await client.networks.save({ name: 'one', note: '', network: leNet5 })
  await client.networks.save({ name: 'two', note: '', network: leNet5 })
  expect(await codeOf(client.networks.save({ name: 'Quick', note: '', network: leNet5 }))).toBe(
    'network-name-of-preset',
  )
  expect(await codeOf(client.networks.rename({ name: 'one', to: 'TWO' }))).toBe('network-name-taken')
  expect(await codeOf(client.networks.remove({ name: 'three' }))).toBe('network-unknown')
  expect(await codeOf(client.networks.get({ name: 'one', version: 2 }))).toBe('network-version-unknown')
  const layers = [{ ...leNet5.layers[0], filters: 0 }]
  expect(await codeOf(client.networks.save({ name: 'one', note: '', network: { ...leNet5, layers } }))).toBe(
    'bad-input',
  )
  expect((await client.networks.list()).map(({ name, version }) => [name, version])).toEqual([
    ['one', 1],
    ['two', 1],
  ])
})

test('what the editor is at is kept, up to a size', async () => {
  const { client } = await openLab(await smallHome())
  await client.networks.draft.write({ text: '{"now":1}' })
  expect(await codeOf(client.networks.draft.write({ text: ' '.repeat(longestDraft + 1) }))).toBe('bad-input')
  expect(await client.networks.draft.read()).toEqual({ text: '{"now":1}' })
})

test('a run says the name of a saved network only where it has that network', async () => {
  const { lab, client } = await openLab(await smallHome())
  await client.networks.save({ name: 'net', note: '', network: leNet5 })
  const chosen = { origin: { name: 'net', version: 1 }, network: leNet5 }
  const request = smallRequest(lab, { goal: 1, network: chosen })
  expect(request.config.model.layers.at(-1)).toMatchObject({ name: 'classes', units: 10 })
  const other: RunRequest = { ...smallRequest(lab, { goal: 1 }), network: chosen.origin }
  expect(await codeOf(client.runs.start(other))).toBe('bad-input')
  expect(await codeOf(client.queue.add(other))).toBe('bad-input')
  const unknown: RunRequest = { ...request, network: { name: 'net', version: 2 } }
  expect(await codeOf(client.runs.start(unknown))).toBe('network-version-unknown')
  expect(await client.runs.list()).toEqual({ total: 0, runs: [] })
  const run = await client.runs.start(request)
  expect([run.network, run.preset]).toEqual([{ name: 'net', version: 1 }, 'seed'])
  await lab.runs.atRest()
  expect(await client.runs.detail({ run: run.id })).toMatchObject({
    state: 'done',
    network: { name: 'net', version: 1 },
  })
})
