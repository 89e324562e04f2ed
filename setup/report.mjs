// Progress of set-up, on standard error only: standard output belongs to the command (`lab --json`).

/**
 * @typedef {object} Report
 * @property {(text: string) => void} say  a line of its own
 * @property {(text: string) => void} progress  replaces the last progress on a terminal; is not shown elsewhere
 */

/**
 * @param {{ write: (text: string) => unknown, isTTY?: boolean }} stream
 * @returns {Report}
 */
export function reportOn(stream) {
  const eraseLine = '\r\u001b[K'
  let shown = false
  return {
    say(text) {
      stream.write(`${shown ? eraseLine : ''}${text}\n`)
      shown = false
    },
    progress(text) {
      if (stream.isTTY !== true) return
      stream.write(`${eraseLine}${text}`)
      shown = true
    },
  }
}
