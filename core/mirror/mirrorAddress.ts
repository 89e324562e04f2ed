import { readClassCode } from './classCode.ts'
import { refuse } from '../words/problems.ts'

/** An address as it stands on a board: without `http://`, but with the port that no folder has. */
const bareAddress = /^(?:\d{1,3}(?:\.\d{1,3}){3}|[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9-]+)*):\d{2,5}(?:\/|$)/i

/**
 * A place as a person typed it, in full: an address without `http://` gets it, and the code of the class becomes the end
 * of the address.
 * @param code as it was typed; empty for none, or where the address ends with it
 * @throws LabError `class-code-unread` for what can be no code, and for a code beside a folder.
 */
export function mirrorAddress(place: string, code: string): string {
  const typed = place.trim()
  const full = bareAddress.test(typed) ? `http://${typed}` : typed
  if (code.trim() === '') return full
  const read = readClassCode(code)
  if (read === null || !/^https?:\/\//i.test(full)) refuse('class-code-unread', { code: code.trim().slice(0, 40) })
  return `${full.replace(/\/+$/, '')}/${read}`
}
