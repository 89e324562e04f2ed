/** Saves a file as the browser saves downloads. */
export function saveFile(content: Blob, name: string): void {
  const link = document.createElement('a')
  const address = URL.createObjectURL(content)
  link.href = address
  link.download = name
  link.click()
  // The download has begun by then; an address that is never taken back keeps its content in memory.
  setTimeout(() => URL.revokeObjectURL(address), 60_000)
}

/** Saves a text, such as a table as CSV. */
export function saveText(text: string, name: string, type: 'text/csv' | 'image/svg+xml'): void {
  saveFile(new Blob([text], { type: `${type};charset=utf-8` }), name)
}
