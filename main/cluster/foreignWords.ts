/** The first lines of what another program says. */
export function shortened(text: string): string {
  return text.trim().slice(0, 300)
}
