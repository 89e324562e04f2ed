/** Actions for the next frame of the screen, each once however often it is asked for. */
const waiting = new Set<() => void>()

function run(): void {
  const actions = [...waiting]
  waiting.clear()
  for (const action of actions) action()
}

/**
 * Does something before the screen is drawn next. What happens several times until then is shown once, and nothing is
 * shown while nobody can see it.
 */
export function inNextFrame(action: () => void): void {
  if (waiting.size === 0) requestAnimationFrame(run)
  waiting.add(action)
}
