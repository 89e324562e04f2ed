import type { StepCosts, StepQuestion, StepTimes } from '../../../core/network/stepTimes.ts'
import { estimatedTimes } from '../../../core/network/timeEstimate.ts'
import { limitsOf } from '../../../core/numbers/range.ts'
import { RunConfig } from '../../../core/run/run.ts'
import { refuse } from '../../../core/words/problems.ts'
import { anyWord } from '../argumentKinds.ts'
import { defineCommand } from '../command.ts'
import type { CommandContext } from '../context.ts'
import { bar, duration, percent, table } from '../format.ts'
import { networkNamed } from '../networkNamed.ts'
import { networkVersion } from '../networkOptions.ts'
import { placedNetwork, placeOptions, placeWish } from '../networkPlace.ts'
import { flag, numberWithin, usually } from '../optionKinds.ts'

const name = 'network time'

/** The optimizer whose updates are counted: the one of the lab's own network. */
const optimizer = { kind: 'adam', beta1: 0.9, beta2: 0.999, epsilon: 1e-8, clipNorm: null } as const

function tellProgress({ output }: CommandContext, words: string, done: number, total: number): void {
  output.progress(bar(total === 0 ? 0 : done / total, words, output.columns))
}

/** A step measured here, and the fastest of those that were measured. */
async function measured(
  context: CommandContext,
  question: StepQuestion,
): Promise<{ readonly times: StepTimes; readonly fastest: number }> {
  for await (const event of await context.client.measure.time(question)) {
    if (event.kind === 'measured') {
      context.output.end()
      return event
    }
    tellProgress(context, 'measuring the step and its layers', event.done, event.total)
  }
  return refuse('owner-gone', {})
}

/** What operations cost here; measured now where that was never done. */
async function costs(context: CommandContext): Promise<StepCosts> {
  const known = await context.client.measure.costs()
  if (known !== null) return known
  for await (const event of await context.client.measure.calibrate()) {
    if (event.kind === 'calibrated') {
      context.output.end()
      return event.costs
    }
    tellProgress(context, 'measuring what operations cost here, once', event.done, event.total)
  }
  return refuse('owner-gone', {})
}

function milliseconds(seconds: number): string {
  return (seconds * 1000).toFixed(2)
}

/** The parts of a step, with their shares of it. */
function timesText({ layers, other, secondsPerStep }: StepTimes): string {
  const row = (part: string, seconds: number): string[] => [
    part,
    milliseconds(seconds),
    percent(seconds / secondsPerStep),
  ]
  return table(
    ['LAYER', 'MS', 'SHARE'],
    [...layers.map(({ layer, seconds }) => row(layer, seconds)), row('loss and the rest', other)],
  )
}

export const networkTimeCommand = defineCommand({
  name,
  summary: 'Tell how long a training step takes here, and each layer of it',
  arguments: { network: anyWord('NAME|FILE') },
  options: {
    ...placeOptions,
    'network-version': networkVersion,
    batch: usually(numberWithin('N', 'Images a step', limitsOf(RunConfig.shape.batch)), 100),
    estimate: flag('Estimate it from what operations cost here; the first time that is measured'),
  },
  read: ({ network }, { 'network-version': version, batch, estimate, ...options }) => ({
    network,
    version,
    batch,
    estimate,
    place: placeWish(name, options),
  }),
  run: async (context, { network, version, batch, estimate, place: wish }) => {
    const found = await networkNamed(context.client, network, version)
    const { model, words } = await placedNetwork(context, name, found, wish)
    const question = { model, optimizer, batch }
    const { times, fastest } = estimate
      ? { times: estimatedTimes(question, await costs(context)), fastest: null }
      : await measured(context, question)
    const { secondsPerStep } = times
    const lines = [
      words,
      timesText(times),
      '',
      `A step of ${batch} images takes ${milliseconds(secondsPerStep)} ms${estimate ? ' by the estimate' : ''}, and a thousand steps ${duration(secondsPerStep * 1000)}. Reading and distorting images is not counted.`,
    ]
    context.output.tell({ ...times, fastest, estimated: estimate, batch }, lines.join('\n'))
  },
})
