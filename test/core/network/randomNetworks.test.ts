import { describe, expect, it } from 'vitest'
import { checkNetwork } from '../../../core/network/checkNetwork.ts'
import { compacted } from '../../../core/network/diagram/compact.ts'
import { layOut } from '../../../core/network/diagram/layout.ts'
import { kerasSummary } from '../../../core/network/kerasSummary.ts'
import { layerTable } from '../../../core/network/layerTable.ts'
import { Model } from '../../../core/network/model.ts'
import { Network } from '../../../core/network/network.ts'
import { networkText, readNetworkText } from '../../../core/network/networkFile.ts'
import { repaired } from '../../../core/network/repairs.ts'
import { randomNetwork } from './randomNetworks.ts'

const networks = Array.from({ length: 200 }, (_, index) => ({ seed: index + 1, model: randomNetwork(index + 1) }))

/** More repairs than any of these networks needs. */
const most = 40

/** The network with the first repair of its first fault made until nothing is wrong with it. */
function mended(network: Network, input: Model['input'], classes: number): Model {
  let now = network
  for (let repairs = 0; repairs < most; repairs += 1) {
    const { faults, model } = checkNetwork(now, { input, classes })
    if (model !== null) return model
    const [repair] = faults.flatMap((fault) => fault.repairs)
    if (repair === undefined) throw new Error(`there is no repair for ${faults[0].problem.code}`)
    now = Network.parse(repaired(now, repair))
  }
  throw new Error('the repairs have no end')
}

describe('200 random networks, many of them broken', () => {
  it('are mended by the repairs that are offered first where they are bound to their image, too', () => {
    for (const { seed, model } of networks)
      expect(Model.safeParse(mended(model, model.input, 5)).error, String(seed)).toBeUndefined()
  })

  it('come back from a file as they were', () => {
    for (const { model } of networks)
      expect(readNetworkText(networkText({ name: 'Random', note: 'ß, ж', network: model })).network).toEqual(model)
  })

  it('are drawn whole, and have a table and a summary once they are mended', () => {
    for (const { model } of networks) {
      expect(layOut(model.layers).nodes.length).toBeGreaterThanOrEqual(model.layers.length)
      expect(() => compacted(layOut(model.layers))).not.toThrow()
      const sound = mended(model, model.input, 5)
      const table = layerTable(sound)
      expect(table.rows).toHaveLength(sound.layers.length)
      expect(kerasSummary('random', sound, table)).toContain('Total params')
    }
  })
})
