import type { Layer } from '../../core/layers/registry.ts'
import type { Repair } from '../../core/network/repairs.ts'
import * as m from '../messages/compiled/messages.js'
import type { Formats } from './formats.ts'
import { layerChoiceName, sourceName, windowText } from './networkTexts.ts'

/** What a repair does, as a button says it. */
export function repairText(repair: Repair, layers: readonly Layer[], format: Formats): string {
  const layer = 'place' in repair ? (layers.at(repair.place)?.name ?? '') : ''
  switch (repair.kind) {
    case 'padding':
      return m.repair_padding({ padding: layerChoiceName(repair.to) })
    case 'window':
      return m.repair_window({ window: windowText(repair.to) })
    case 'initializer':
      return m.repair_initializer({ initializer: layerChoiceName(repair.to) })
    case 'filters':
      return m.repair_filters({ count: format.whole(repair.to) })
    case 'units':
      return m.repair_units({ count: format.whole(repair.to) })
    case 'unfreeze':
      return m.repair_unfreeze({ layer })
    case 'flatten':
      return m.repair_flatten({ layer })
    case 'global-pool':
      return m.repair_global_pool({ layer })
    case 'projection':
      return m.repair_projection({ from: sourceName(repair.from), filters: format.whole(repair.filters) })
    case 'dense':
      return m.repair_dense({ from: sourceName(repair.from), units: format.whole(repair.units) })
    case 'input':
      return m.repair_input({ to: sourceName(repair.to) })
    case 'move': {
      const before = layers.at(repair.to)?.name
      return before === undefined ? m.repair_move_end() : m.repair_move({ before })
    }
    case 'remove':
      return m.repair_remove({ layer })
    case 'rename':
      return m.repair_rename({ name: repair.to })
    case 'classifier':
      return repair.pooled
        ? m.repair_classifier_pooled({ units: format.whole(repair.units) })
        : m.repair_classifier({ units: format.whole(repair.units) })
    case 'softmax':
      return m.repair_softmax()
    case 'free':
      return m.repair_free()
  }
}
