/** What waits for a frame of the screen: changes of what is shown, and drawings of it; each once. */
const changes = new Set<() => void>()
const drawings = new Set<() => void>()
/** Changes that need not be seen at once. */
const calm = new Set<() => void>()
/** Milliseconds between two frames with calm changes. */
const calmPause = 250

let asked = false
let calmTimer: ReturnType<typeof setTimeout> | null = null
let lastCalm = -Infinity

function askForFrame(): void {
  if (asked) return
  asked = true
  requestAnimationFrame(run)
}

function take(actions: Set<() => void>): void {
  const taken = [...actions]
  actions.clear()
  for (const action of taken) action()
}

function run(): void {
  asked = false
  take(changes)
  // After the effects of these changes, which ask for drawings of what has changed.
  queueMicrotask(() => take(drawings))
}

/**
 * Changes what is shown in the next frame. What happens several times until then is shown once, and nothing is shown
 * while nobody can see it.
 */
export function inNextFrame(change: () => void): void {
  changes.add(change)
  askForFrame()
}

/** The same some times a second, for what changes more often than an eye can follow. */
export function inCalmFrame(change: () => void): void {
  calm.add(change)
  if (calmTimer !== null) return
  calmTimer = setTimeout(
    () => {
      calmTimer = null
      lastCalm = performance.now()
      for (const one of calm) changes.add(one)
      calm.clear()
      askForFrame()
    },
    Math.max(0, lastCalm + calmPause - performance.now()),
  )
}

/** Draws something in the next frame, after all that changes in it has changed. */
export function drawInFrame(drawing: () => void): void {
  drawings.add(drawing)
  askForFrame()
}
