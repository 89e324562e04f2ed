import { checkChoices, type RunChoices } from '../../../core/run/choices.ts'
import { phrase } from '../../../core/words/phrases.ts'
import { labPreset, requestFor } from '../../../core/run/presets.ts'
import { LabError, problem, refuse } from '../../../core/words/problems.ts'
import { rangeText } from '../../../core/numbers/range.ts'
import { ProofBreak } from '../../../core/run/resumeProof.ts'
import type { PresetId, RunRequest } from '../../../core/run/run.ts'
import { readyData, type WishedData } from '../chosenData.ts'
import { defineCommand } from '../command.ts'
import type { CommandContext } from '../context.ts'
import { dataOptions, dataWishes } from '../dataOptions.ts'
import { bar, eitherOf } from '../format.ts'
import { datasetEntry } from '../getDataset.ts'
import { number, oneOf, text, usually, wholeNumber } from '../optionKinds.ts'
import { offline, presetIfNamed } from '../sharedOptions.ts'

const name = 'prove-resume'

const partNames = { unbroken: 'without a break', before: 'to the break', after: 'from the break' } as const

/** Options that say what is trained on and with what, which of a run is known. */
const ofNoRun = {
  ...dataOptions,
  preset: presetIfNamed(`Network and settings, ${labPreset} where none are named`),
  offline,
}

/** What is to be proved: the number of a run whose settings are taken, or the id of a data set for a preset. */
interface ProofWish extends WishedData {
  readonly of: number | string
  readonly preset: PresetId
  readonly choices: RunChoices
}

/** Which of some options were given. */
function namesOfGiven<Name extends string>(
  some: Readonly<Record<Name, unknown>>,
  values: Readonly<Record<NoInfer<Name>, unknown>>,
): Name[] {
  return (Object.keys(some) as Name[]).filter((option) => values[option] !== undefined && values[option] !== false)
}

async function requestOf(context: CommandContext, wish: ProofWish): Promise<RunRequest> {
  const { of, preset, choices } = wish
  if (typeof of === 'number') {
    const { goal, batch, seed } = choices
    const request = await context.client.runs.changed({ run: of, at: null, changes: { goal, batch, seed } })
    return { ...request, evaluateEvery: request.goal }
  }
  const known = await datasetEntry(context, of)
  const { view, data } = await readyData(context, known, wish)
  return requestFor(preset, view, data, choices)
}

export const proveResumeCommand = defineCommand({
  name,
  summary: 'Train with and without a break and compare every bit',
  options: {
    run: wholeNumber('RUN', 'With the settings of this run, in the place of a data set and a preset'),
    dataset: text('ID', 'Data set to train on; “lab datasets” lists them'),
    ...ofNoRun,
    steps: usually(number('N', 'Number of training steps'), 60),
    'break-at': usually(wholeNumber('N', 'Step after which the run is broken'), 23),
    by: usually(
      oneOf('HOW', 'pause, or kill to kill the training process', ProofBreak.options, eitherOf(ProofBreak.options)),
      'pause',
    ),
    batch: number('N', 'Images a step'),
    seed: number('N', 'Seed of all random numbers'),
  },
  read: (_, options) => {
    const { run, dataset, steps: goal, 'break-at': breakAt, by, batch, seed } = options
    if ((run === undefined) === (dataset === undefined))
      refuse('arguments-wrong', { command: name, detail: 'it needs either --dataset or --run' })
    const foreign = run === undefined ? [] : namesOfGiven(ofNoRun, options)
    if (foreign.length > 0)
      refuse('arguments-wrong', {
        command: name,
        detail: `${foreign.map((option) => `--${option}`).join(', ')} can only be given with --dataset; --run takes the settings of the run`,
      })
    const data = dataWishes(name, options)
    const choices: RunChoices = { goal, batch, seed, evaluateEvery: goal }
    checkChoices(choices, Infinity)
    if (breakAt < 1 || breakAt >= goal)
      refuse('setting-out-of-range', {
        setting: phrase('setting-break-at', {}),
        value: breakAt,
        range: rangeText({ min: 1, max: goal - 1, whole: true, includesMin: true }),
      })
    return {
      of: run ?? dataset ?? '',
      data,
      preset: options.preset ?? labPreset,
      choices,
      offline: options.offline,
      breakAt,
      by,
    }
  },
  /** Ends with `proof-failed` where the bits differ. */
  run: async (context, wish) => {
    const { breakAt, by } = wish
    const { client, output } = context
    const request = await requestOf(context, wish)
    for await (const event of await client.runs.proveResume({ request, breakAt, by })) {
      if (event.kind === 'progress') {
        output.progress(
          bar(event.step / event.goal, `${partNames[event.part]}, step ${event.step} of ${event.goal}`, output.columns),
        )
        continue
      }
      output.end()
      const { unbroken, resumed, equal, steps } = event
      const verdict = equal ? 'Equal: every weight, the optimizer’s state and the curves.' : 'Not equal.'
      const words = [
        `${'without a break'.padEnd(22)}${unbroken}`,
        `${`broken at ${breakAt} by ${by}`.padEnd(22)}${resumed}`,
        verdict,
      ]
      output.tell({ event: 'proved', unbroken, resumed, equal, steps, breakAt, by }, words.join('\n'))
      if (!equal) throw new LabError(problem('proof-failed', { step: breakAt }))
      return
    }
    refuse('owner-gone', {})
  },
})
