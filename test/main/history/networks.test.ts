import { describe, expect, test } from 'vitest'
import { networkOf } from '../../../core/network/network.ts'
import { presets } from '../../../core/run/presets.ts'
import { conv, leNet5 } from '../../core/network/sampleNetworks.ts'
import { openHistory, temporaryHome } from './temporaryHome.ts'
import { problemIn, request } from './testRun.ts'

const other = { ...leNet5, layers: [conv('c0', 4, 3), ...leNet5.layers] }

describe('networks', () => {
  test('are kept under a name of any script, with a version for each change', () => {
    const home = temporaryHome()
    const history = openHistory(home)
    expect(history.saveNetwork('  Моя сеть ', 'first try', leNet5)).toMatchObject({ name: 'Моя сеть', version: 1 })
    expect(history.saveNetwork('моя СЕТЬ', 'only the note', leNet5)).toMatchObject({
      version: 1,
      note: 'only the note',
    })
    expect(history.saveNetwork('Моя сеть', 'wider', other)).toMatchObject({ version: 2, network: other })
    expect(history.saveNetwork('Моя сеть', 'back', leNet5)).toMatchObject({ version: 3, network: leNet5 })
    history.close()
    const again = openHistory(home)
    expect(again.networks()).toMatchObject([{ name: 'Моя сеть', version: 3, layers: 12, note: 'back', input: null }])
    expect(again.networkVersions('МОЯ СЕТЬ').map(({ version, network }) => [version, network])).toEqual([
      [3, leNet5],
      [2, other],
      [1, leNet5],
    ])
    expect(again.network('моя сеть', 2).network).toEqual(other)
    expect(problemIn(() => again.network('моя сеть', 4))).toBe('network-version-unknown')
    expect(problemIn(() => again.network('другая'))).toBe('network-unknown')
  })

  test('names that cannot be given are refused in a sentence', () => {
    const history = openHistory(temporaryHome())
    const save = (name: string) => problemIn(() => history.saveNetwork(name, '', leNet5))
    expect(save(' \u200b ')).toBe('network-name-blank')
    expect(save('x'.repeat(101))).toBe('network-name-too-long')
    expect(save('𝔵'.repeat(100))).toBeNull()
    for (const name of ['seed', 'Seed', ' QUICK ', 'Seed network', 'LAB network', 'Глубокая сеть'])
      expect(save(name)).toBe('network-name-of-preset')
    expect(history.networks()).toHaveLength(1)
  })

  test('can be renamed, to a name that is free', () => {
    const history = openHistory(temporaryHome())
    history.saveNetwork('One', '', leNet5)
    history.saveNetwork('Two', '', other)
    expect(problemIn(() => history.renameNetwork('one', 'TWO'))).toBe('network-name-taken')
    expect(problemIn(() => history.renameNetwork('one', 'deep'))).toBe('network-name-of-preset')
    expect(history.renameNetwork('one', 'ONE')).toMatchObject({ name: 'ONE', version: 1 })
    expect(history.renameNetwork('one', 'Three').name).toBe('Three')
    expect(history.networks().map(({ name }) => name)).toEqual(['Three', 'Two'])
  })

  test('a name and a version mean one network for ever, also after it was removed', () => {
    const history = openHistory(temporaryHome())
    history.saveNetwork('net', '', leNet5)
    const run = history.createRun({ ...request, network: { name: 'net', version: 1 } }, 50_000)
    history.removeNetwork('NET')
    expect(history.networks()).toEqual([])
    expect(history.run(run.id).network).toEqual({ name: 'net', version: 1 })
    expect(history.saveNetwork('net', '', other).version).toBe(2)
    expect(history.networkVersions('net')).toHaveLength(1)
  })

  test('what the editor is at is kept and can be let go', () => {
    const home = temporaryHome()
    const history = openHistory(home)
    expect(history.networkDraft()).toBeNull()
    history.writeNetworkDraft('{"undo":[1]}')
    history.writeNetworkDraft('{"undo":[1,2]}')
    history.close()
    const again = openHistory(home)
    expect(again.networkDraft()).toBe('{"undo":[1,2]}')
    again.writeNetworkDraft(null)
    expect(again.networkDraft()).toBeNull()
  })
})

describe('a run', () => {
  test('remembers which network it was begun with, outside its configuration', () => {
    const history = openHistory(temporaryHome())
    const plain = history.createRun(request, 50_000)
    history.endRun(plain.id, 'stopped', null)
    const own = history.queueRun({ ...request, network: { name: 'net', version: null } }, 50_000)
    expect(plain.network).toBeNull()
    expect(own.network).toEqual({ name: 'net', version: null })
    expect(own.configSha256).toBe(plain.configSha256)
  })
})

test('the networks of all presets can be saved under another name', () => {
  const history = openHistory(temporaryHome())
  for (const [id, { network }] of Object.entries(presets)) {
    const built = networkOf(network({ height: 24, width: 24, channels: 3 }, 10))
    expect(history.saveNetwork(`my ${id}`, '', built).network).toEqual(built)
  }
})
