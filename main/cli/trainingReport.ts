import type { LabEvent } from '../../core/contract/windowContract.ts'
import type { RunSummary } from '../../core/run/run.ts'
import { sentenceOf } from '../../core/words/problems.ts'
import { bar, duration, percent } from './format.ts'
import type { Output } from './output.ts'

/** With JSON, every so many steps one is reported. */
const stepsPerEvent = 10
/** About how many lines of progress a run has where no line can be redrawn. */
const plainLines = 20

interface Step {
  readonly step: number
  readonly loss: number
  readonly accuracy: number
  readonly seconds: number
}

/** Shows how a run trains, from its events: JSON values, a progress line on a terminal, or some plain lines. */
export class TrainingReport {
  readonly #output: Output
  readonly #run: number
  readonly #batch: number
  readonly #goal: number
  readonly #every: number
  #last: Step | null = null
  #told = 0
  #eventsEnded = false

  constructor(output: Output, of: { run: number; batch: number; from: number; goal: number }) {
    this.#output = output
    this.#run = of.run
    this.#batch = of.batch
    this.#goal = of.goal
    this.#every = output.json
      ? stepsPerEvent
      : Math.max(stepsPerEvent, Math.ceil((of.goal - of.from) / plainLines / stepsPerEvent) * stepsPerEvent)
  }

  take(event: LabEvent): void {
    if (event.kind === 'steps' && event.run === this.#run) this.#steps(event)
    if (event.kind === 'evaluated' && event.run === this.#run) {
      const { step, accuracy, loss, validation } = event.evaluation
      const held = validation === null ? '' : `, validation accuracy ${percent(validation.accuracy)}`
      const words = `step ${step}: test accuracy ${percent(accuracy)}, test loss ${loss.toFixed(4)}${held}`
      const values =
        validation === null ? {} : { validationAccuracy: validation.accuracy, validationLoss: validation.loss }
      this.#output.tell(
        { event: 'evaluated', step, testAccuracy: accuracy, testLoss: loss, ...values, seconds: event.seconds },
        words,
      )
    }
    if (event.kind === 'run' && event.run.id === this.#run) this.#events(event.run)
    if (event.kind === 'evaluating' && event.run === this.#run) {
      this.#output.progress(
        bar(
          event.done / event.total,
          `measuring the test set, ${event.done} of ${event.total} images`,
          this.#output.columns,
        ),
      )
    }
  }

  /** Reports the last step if it was not reported yet, and removes the progress line. */
  end(): void {
    if (this.#last !== null && this.#last.step > this.#told) this.#tell(this.#last)
    this.#output.end()
  }

  /** Says once that the run is no longer written for TensorBoard. */
  #events({ eventFolder }: RunSummary): void {
    const of = eventFolder?.problem ?? null
    if (of === null || this.#eventsEnded) return
    this.#eventsEnded = true
    this.#output.tell({ event: 'tensorboard-ended', problem: of }, sentenceOf(of, 'en'))
  }

  #steps({ first, loss, accuracy, seconds, imagesPerSecond }: Extract<LabEvent, { kind: 'steps' }>): void {
    loss.forEach((value, index) => {
      this.#last = { step: first + index, loss: value, accuracy: accuracy[index], seconds: seconds[index] }
      const due = this.#last.step % this.#every === 0 || this.#last.step === this.#goal
      if (due && !this.#output.live) this.#tell(this.#last)
    })
    if (this.#last !== null)
      this.#output.progress(
        bar(this.#last.step / this.#goal, this.#words(this.#last, imagesPerSecond), this.#output.columns),
      )
  }

  #words(last: Step, imagesPerSecond: number | null): string {
    const words = [`step ${last.step} of ${this.#goal}`, `loss ${last.loss.toFixed(4)}`]
    if (imagesPerSecond !== null && imagesPerSecond > 0) {
      const left = ((this.#goal - last.step) * this.#batch) / imagesPerSecond
      words.push(`${Math.round(imagesPerSecond)} images/s`, `${duration(left)} left`)
    }
    return words.join(', ')
  }

  #tell(step: Step): void {
    this.#told = step.step
    this.#output.tell(
      { event: 'step', ...step },
      `step ${step.step}: loss ${step.loss.toFixed(4)}, batch accuracy ${percent(step.accuracy)}`,
    )
  }
}
