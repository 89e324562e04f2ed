import type { LayerCurves } from '../../../core/health/healthQuestions.ts'
import * as m from '../../messages/compiled/messages.js'
import { brokenLayer, dyingLayers, stuckLayers } from './healthWarnings.ts'

/** What is wrong with a network in a few words, the worst first; null where nothing is. */
export function healthNote(layers: readonly LayerCurves[]): string | null {
  const broken = brokenLayer(layers)
  if (broken !== null) return m.health_note_broken({ layer: broken.layer })
  const dying = dyingLayers(layers)
  if (dying.length > 0) return m.health_note_dying({ layers: dying.map(({ layer }) => layer).join(', ') })
  const stuck = stuckLayers(layers)
  return stuck.length > 0 ? m.health_note_stuck({ layers: stuck.join(', ') }) : null
}
