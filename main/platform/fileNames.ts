/** What may not stand in the name of a file: separators and control characters, on Windows several more. */
const unsafe = /[\\/\p{Cc}]/u
const unsafeOnWindows = /[\\/:*?"<>|\p{Cc}]|[. ]$/u

/** Names that mean devices on Windows, with any ending. */
const devices = /^(con|prn|aux|nul|(com|lpt)[0-9¹²³])(\.|$)/i

/** Whether a file of this name can be made on this system, and means itself and no other place. */
export function isSafeName(name: string, platform: NodeJS.Platform = process.platform): boolean {
  if (name === '' || name === '.' || name === '..') return false
  return platform === 'win32' ? !unsafeOnWindows.test(name) && !devices.test(name) : !unsafe.test(name)
}
