import { isBranchPoint, type RunBeginning } from '../../core/run/branchPoint.ts'
import type { WeightsOrigin } from '../../core/run/weightsOrigin.ts'
import { layerOfVariable } from '../../core/weights/chosenRows.ts'
import type { Turn } from '../../core/weights/turns.ts'
import type { RowReason } from '../../core/weights/weightsProposal.ts'
import type { TableRow } from '../../core/weights/weightsTable.ts'
import * as m from '../messages/compiled/messages.js'
import type { Formats } from './formats.ts'
import { sizeText } from './networkTexts.ts'

/** The layers of variables, each once: `fc_1, classes`. */
function layersText(variables: readonly string[]): string {
  return [...new Set(variables.map(layerOfVariable))].join(', ')
}

/** How much of a network is taken: `8 of 12 tensors; anew: classes`. */
export function takenText({ variables, anew }: WeightsOrigin, format: Formats): string {
  const taken = m.weights_taken({ taken: format.whole(variables - anew.length), all: format.whole(variables) })
  return anew.length === 0 ? taken : `${taken}; ${m.weights_anew_layers({ layers: layersText(anew) })}`
}

/** Where weights come from: `lenet.safetensors`, or `Run 7, step 400`. */
export function sourceText({ source }: WeightsOrigin, nameOf: (run: number) => string, format: Formats): string {
  return source.kind === 'file'
    ? source.name
    : m.from_checkpoint({ run: nameOf(source.run), step: format.whole(source.step) })
}

/** With what a run begins. */
export function beginningText(
  from: RunBeginning | undefined,
  origin: WeightsOrigin | null,
  nameOf: (run: number) => string,
  format: Formats,
): string {
  if (from === undefined) return m.from_initial()
  if (isBranchPoint(from)) return m.from_checkpoint({ run: nameOf(from.run), step: format.whole(from.step) })
  if (origin === null) return m.from_elsewhere({ sha256: from.sha256.slice(0, 8) })
  return `${sourceText(origin, nameOf, format)}: ${takenText(origin, format)}`
}

/** What a turn does, for a person who chooses between two. */
export function turnText(turn: Turn): string {
  switch (turn) {
    case 'as-it-is':
      return m.turn_as_it_is()
    case 'conv':
    case 'depthwise':
    case 'dense':
      return m.turn_axes()
    case 'dense-flattened':
      return m.turn_axes_by_channel()
    case 'flattened':
      return m.turn_by_channel()
  }
}

function reasonText(reason: RowReason, format: Formats): string {
  switch (reason.kind) {
    case 'asked':
      return m.weights_by_person()
    case 'not-there':
      return m.weights_not_there()
    case 'other-shape':
      return m.weights_other_shape({ tensor: reason.tensor, shape: sizeText(reason.shape, format) })
    case 'no-place':
      return m.weights_no_place({ tensor: reason.tensor })
    case 'with-its-layer':
      return m.weights_with_its_layer()
    case 'taken-elsewhere':
      return m.weights_taken_elsewhere()
    case 'none-fits':
      return m.weights_none_fits()
  }
}

/**
 * By what a row was decided.
 * @param reason Why it begins anew, where that was proposed.
 */
export function rowText({ by }: Pick<TableRow, 'by'>, reason: RowReason | undefined, format: Formats): string {
  switch (by) {
    case 'name':
      return m.weights_by_name()
    case 'shape':
      return m.weights_by_shape()
    case 'order':
      return m.weights_by_order()
    case 'person':
      return m.weights_by_person()
    case 'open':
      return m.weights_by_nothing()
    case 'anew':
      return reason === undefined ? m.weights_none_fits() : reasonText(reason, format)
  }
}
