import { limitsOf } from '../../core/numbers/range.ts'
import { NetworkVersionNumber } from '../../core/network/savedNetwork.ts'
import { numberWithin } from './optionKinds.ts'

/** A version of a network of one's own. */
export const networkVersion = numberWithin(
  'N',
  'Version of a network of one’s own; the newest where none is named',
  limitsOf(NetworkVersionNumber),
)
