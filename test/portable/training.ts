import { demand } from './checks.ts'
import type { Ended, Started } from './started.ts'

/** Starts `lab` with some words, on whatever system is tested. */
export type StartLab = (words: readonly string[]) => Started

/**
 * The same short run on every system: it needs no network, because Conv Lab draws its images itself. Its rate is low, because
 * at a high one the loss first rises, and differences of the last digit grow to any size.
 */
export function trainWords(steps: number): string[] {
  return [
    'train',
    '--dataset',
    'shapes',
    '--preset',
    'digits',
    '--batch',
    '50',
    '--learning-rate',
    '0.001',
    '--seed',
    '1',
    '--steps',
    String(steps),
  ]
}

/** A run's length, and the step after which the second one is cut off. */
const steps = 90
const cutAfter = 40

function succeededWith({ code, output, errors }: Ended, what: string): string {
  demand(code === 0, `${what} ended with ${code}: ${output}${errors}`)
  return output
}

/** The JSON values of an output, a line each. */
function valuesOf(output: string): Record<string, unknown>[] {
  return output
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line): Record<string, unknown> => JSON.parse(line))
}

/** The loss of every step of a run, in order. */
async function losses(startLab: StartLab, run: number): Promise<number[]> {
  const output = succeededWith(await startLab(['metrics', String(run), '--format', 'jsonl']).ended, 'lab metrics')
  return valuesOf(output).flatMap(({ step, loss }) => (Number(step) > 0 && loss !== null ? [Number(loss)] : []))
}

/** Trains a run to its end as run 1, and gives the loss of every step. */
export async function trained(startLab: StartLab): Promise<number[]> {
  const output = succeededWith(await startLab([...trainWords(steps), '--json']).ended, 'lab train')
  const last = valuesOf(output).at(-1)
  demand(last?.['event'] === 'done' && last['step'] === steps, `the run is not done: ${JSON.stringify(last)}`)
  const all = await losses(startLab, 1)
  demand(all.length === steps, `${all.length} losses instead of ${steps}`)
  return all
}

/**
 * Begins the same run again as run 2, cuts it off as a power cut would, and lets it go on to its end. It must have the
 * losses of the unbroken one.
 */
export async function cutAndContinued(startLab: StartLab, unbroken: readonly number[]): Promise<void> {
  const running = startLab([...trainWords(steps), '--json'])
  await running.said(new RegExp(`"event":"step","step":${cutAfter}`))
  running.child.kill('SIGKILL')
  await running.ended
  const output = succeededWith(await startLab(['resume', '2', '--json']).ended, 'lab resume')
  demand(valuesOf(output).at(-1)?.['event'] === 'done', 'the run that went on is not done')
  const again = await losses(startLab, 2)
  demand(
    again.length === unbroken.length && again.every((loss, place) => loss === unbroken[place]),
    'the run that went on has other losses than the unbroken one',
  )
}

/**
 * Begins a long run beside an open window, and looks that it is paused with a checkpoint at its last step.
 * @param endWindow Ends the window from outside while the run trains.
 */
export async function pausedWithWindow(startLab: StartLab, endWindow: () => Promise<void>): Promise<void> {
  const running = startLab([...trainWords(100_000), '--json'])
  await running.said(/"event":"step"/)
  await endWindow()
  const { output, errors } = await running.ended
  const held = valuesOf(output).at(-1)
  demand(held?.['event'] === 'paused', `the run is not paused: ${JSON.stringify(held)} ${errors}`)
  const told = succeededWith(await startLab(['run', String(held?.['run']), '--json']).ended, 'lab run')
  const run = valuesOf(told).at(0)
  demand(
    run?.['state'] === 'paused' && Number(run['step']) > 0 && run['checkpointStep'] === run['step'],
    `the run is ${String(run?.['state'])} at step ${String(run?.['step'])}, its checkpoint at ${String(run?.['checkpointStep'])}`,
  )
}
