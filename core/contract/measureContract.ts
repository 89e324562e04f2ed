import { eventIterator, oc } from '@orpc/contract'
import { InitialWeightsEvent, InitialWeightsQuestion } from '../network/initialWeights.ts'
import { CalibrationEvent, StepCosts, StepQuestion, StepTimesEvent } from '../network/stepTimes.ts'
import { Problem } from '../words/problems.ts'

const call = oc.errors({ PROBLEM: { data: Problem } })

/** What is measured of networks that need not have been trained. */
export const measureContract = {
  /**
   * The weights with which a run would begin, a kernel after the other, to the bit those of its step 0. Computed by the
   * engine that looks inside, so it may be asked while a run trains. Who stops listening ends it.
   */
  initialWeights: call.input(InitialWeightsQuestion).output(eventIterator(InitialWeightsEvent)),
  /**
   * How long a training step takes on this computer and which part of it each layer takes, which is measured in some
   * seconds; ends with `measured`. Refused while a run trains, and no run begins meanwhile. Who stops listening ends it.
   */
  time: call.input(StepQuestion).output(eventIterator(StepTimesEvent)),
  /**
   * What operations cost on this computer, with which `estimatedTimes` (`core/network/timeEstimate.ts`) computes the
   * time of any network at once; null: it has not been measured with this engine.
   */
  costs: call.output(StepCosts.nullable()),
  /**
   * Measures them, in some ten seconds, and stores them; ends with `calibrated`. Refused while a run trains, and no
   * run begins meanwhile. Who stops listening ends it, and nothing is stored.
   */
  calibrate: call.output(eventIterator(CalibrationEvent)),
}
