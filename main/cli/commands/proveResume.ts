import { checkChoices, type RunChoices } from '../../../core/run/choices.ts'
import { phrase } from '../../../core/words/phrases.ts'
import { requestFor } from '../../../core/run/presets.ts'
import { LabError, problem, refuse } from '../../../core/words/problems.ts'
import { rangeText } from '../../../core/numbers/range.ts'
import { ProofBreak } from '../../../core/run/resumeProof.ts'
import { readyData } from '../chosenData.ts'
import { defineCommand } from '../command.ts'
import { dataOptions, dataWishes } from '../dataOptions.ts'
import { bar, eitherOf } from '../format.ts'
import { datasetEntry } from '../getDataset.ts'
import { number, oneOf, usually, wholeNumber } from '../optionKinds.ts'
import { offline, presetName, trainedDataset } from '../sharedOptions.ts'

const name = 'prove-resume'

const partNames = { unbroken: 'without a break', before: 'to the break', after: 'from the break' } as const

export const proveResumeCommand = defineCommand({
  name,
  summary: 'Train with and without a break and compare every bit',
  options: {
    dataset: trainedDataset,
    ...dataOptions,
    preset: presetName('Network and settings'),
    steps: usually(number('N', 'Number of training steps'), 60),
    'break-at': usually(wholeNumber('N', 'Step after which the run is broken'), 23),
    by: usually(
      oneOf('HOW', 'pause, or kill to kill the training process', ProofBreak.options, eitherOf(ProofBreak.options)),
      'pause',
    ),
    batch: number('N', 'Images a step'),
    seed: number('N', 'Seed of all random numbers'),
    offline,
  },
  read: (_, options) => {
    const { dataset, preset, steps: goal, 'break-at': breakAt, by, batch, seed } = options
    const data = dataWishes(name, options)
    const choices: RunChoices = { goal, batch, seed, evaluateEvery: goal }
    checkChoices(choices, Infinity)
    if (breakAt < 1 || breakAt >= goal)
      refuse('setting-out-of-range', {
        setting: phrase('setting-break-at', {}),
        value: breakAt,
        range: rangeText({ min: 1, max: goal - 1, whole: true, includesMin: true }),
      })
    return { dataset, data, preset, choices, offline: options.offline, breakAt, by }
  },
  /** Ends with `proof-failed` where the bits differ. */
  run: async (context, wish) => {
    const { dataset, preset, choices, breakAt, by } = wish
    const { client, output } = context
    const known = await datasetEntry(context, dataset)
    const { view, data } = await readyData(context, known, wish)
    const request = requestFor(preset, view, data, choices)
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
