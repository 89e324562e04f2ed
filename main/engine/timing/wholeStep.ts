import { classesOf } from '../../../core/network/geometry.ts'
import { sizeOf } from '../../../core/network/shapes.ts'
import type { StepQuestion } from '../../../core/network/stepTimes.ts'
import { sessionVariables } from '../graph/optimizers.ts'
import { openSession } from '../train/session.ts'
import { someNumbers, valuesFor } from './someNumbers.ts'

/** A network in TensorFlow whose whole steps can be timed. */
export interface WholeStep {
  /** Seconds of one step on a batch of noise. */
  readonly time: () => number
  readonly dispose: () => void
}

/** A learning rate with which weights stay what they are, as far as time is concerned. */
const pace = { learningRate: 1e-6, momentum: null }

/**
 * Compiles a network as training does.
 * @throws LabError as `openSession` does.
 */
export function openWhole({ model, optimizer, batch }: StepQuestion): WholeStep {
  const session = openSession({ model, optimizer, batch, seed: 1, mixup: false, flips: false })
  const numbers = someNumbers()
  const images = new Float32Array(batch * sizeOf([model.input.height, model.input.width, model.input.channels]))
  for (let at = 0; at < images.length; at += 1) images[at] = numbers[at % numbers.length]
  const classes = classesOf(model)
  const labels = Int32Array.from({ length: batch }, (_, image) => image % classes)
  session.writeVariables(
    new Map(
      sessionVariables(model, optimizer).map((variable) => [
        variable.name,
        { shape: variable.shape, data: valuesFor(variable, numbers) },
      ]),
    ),
  )
  let step = 0
  return {
    time: () => {
      step += 1
      const begin = performance.now()
      session.trainStep(images, labels, step, pace, null)
      return (performance.now() - begin) / 1000
    },
    dispose: () => session.dispose(),
  }
}
