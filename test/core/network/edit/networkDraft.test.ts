import { describe, expect, it } from 'vitest'
import { beginHistory, edited, type EditHistory, undone } from '../../../../core/network/edit/editHistory.ts'
import { draftText, type EditedNetwork, readDraft } from '../../../../core/network/edit/networkDraft.ts'
import { networkOf } from '../../../../core/network/network.ts'
import { seedNetwork } from '../../../../core/network/networks.ts'
import { longestDraft } from '../../../../core/network/savedNetwork.ts'
import { LabError } from '../../../../core/words/problems.ts'

const network = networkOf(seedNetwork({ height: 24, width: 24, channels: 3 }, 10))
const origin = { beginning: { kind: 'preset', preset: 'seed' }, base: network } as const

/** After so many edits, each of which leaves one more dropout at the end. */
function after(edits: number): EditHistory<EditedNetwork> {
  let history = beginHistory<EditedNetwork>({ network, origin })
  for (let edit = 0; edit < edits; edit += 1) {
    const { layers } = history.now.network
    const name = `drop_${edit + 1}`
    history = edited(history, {
      origin,
      network: { ...network, layers: [...layers, { kind: 'dropout', name, rate: 0.5 }] },
    })
  }
  return history
}

describe('the kept draft', () => {
  it('comes back with what can be undone and done again', () => {
    const history = undone(after(3))
    const read = readDraft(draftText({ history, selected: 'drop_1' }))
    expect(read).toEqual({ history, selected: 'drop_1' })
    expect(undone(read.history).now.network.layers).toHaveLength(network.layers.length + 1)
  })

  it('of the largest network is no longer than what is kept', () => {
    const text = draftText({ history: after(200 - network.layers.length), selected: 'input' })
    expect(text.length).toBeLessThan(longestDraft / 4)
    const { now, past } = readDraft(text).history
    expect(now.network.layers).toHaveLength(200)
    expect(past.length).toBeGreaterThan(10)
  })

  it('of another version is refused in a sentence', () => {
    const text = draftText({ history: after(1), selected: 'input' })
    for (const bad of [
      '',
      '{}',
      'null',
      text.slice(1),
      text.replace('"format":1', '"format":2'),
      text.replaceAll('"origin":0', '"origin":7'),
    ])
      expect(() => readDraft(bad), bad.slice(0, 30)).toThrow(LabError)
  })
})
