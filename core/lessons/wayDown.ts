import { afterStep, atRest, type DescentMethod } from './descent.ts'
import { landscapeStart, slopeAt } from './landscape.ts'

/** The weights on the way down the landscape, the start among them: `steps` + 1 places. */
export function wayDown(method: DescentMethod, rate: number, steps: number): (readonly number[])[] {
  const way: (readonly number[])[] = [landscapeStart]
  let state = atRest(landscapeStart)
  for (let step = 0; step < steps; step += 1) {
    state = afterStep(method, rate, state, slopeAt(state.weights))
    way.push(state.weights)
  }
  return way
}
