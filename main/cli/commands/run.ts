import type { DatasetEntry } from '../../../core/data/dataset.ts'
import { mayDifferFrom } from '../../../core/run/engineChange.ts'
import { offOf } from '../../../core/expectations/judged.ts'
import { sentenceOf } from '../../../core/words/problems.ts'
import type { RunDetail } from '../../../core/run/run.ts'
import { runNumber } from '../argumentKinds.ts'
import { defineCommand } from '../command.ts'
import { expectationWords, offWords } from '../expectationWords.ts'
import { absent, bytes, duration, percent, table } from '../format.ts'
import { networkName } from '../networkWords.ts'
import { classesText, runClasses } from '../runClasses.ts'
import { runTable } from '../runTable.ts'

export const runCommand = defineCommand({
  name: 'run',
  summary: 'Show a run, its checkpoints and on what it was trained',
  arguments: { run: runNumber },
  read: ({ run }) => ({ run }),
  run: async ({ client, output }, { run: id }) => {
    const [run, entries] = await Promise.all([client.runs.detail({ run: id }), client.datasets.list()])
    output.tell(
      { ...run, classes: runClasses(run.config, entries), mayDifferFrom: mayDifferFrom(run.stretches) },
      detailText(run, entries),
    )
  },
})

/** What the time of a run went into. */
function times({ trainingSeconds, evaluationSeconds, waitingSeconds, queuedSeconds }: RunDetail): string {
  const used = `Time: ${duration(trainingSeconds)} training, ${duration(evaluationSeconds)} measuring, ${duration(waitingSeconds)} waiting (loading, checkpoints, holding)`
  return queuedSeconds === 0 ? `${used}.` : `${used}; before that ${duration(queuedSeconds)} in the queue.`
}

/** What the best evaluation was chosen on. */
function chosenBy({ config, best }: RunDetail): string {
  const { validationShare } = config.data
  if (validationShare === 0) return 'The best evaluation is chosen on the test set: its accuracy is a little too good.'
  const chosen = best?.validation ?? null
  return `The best evaluation is chosen on ${percent(validationShare)} of the training images, which are held out${chosen === null ? '' : ` (accuracy ${percent(chosen.accuracy)})`}.`
}

/** What was expected of it, and how far it came out from that. */
function expected(run: RunDetail): string[] {
  if (run.expectation === null) return []
  const off = offOf(run)
  return [`${expectationWords(run.expectation)}${off === null ? '' : ` It came out ${offWords(off)}.`}`]
}

function detailText(run: RunDetail, entries: readonly DatasetEntry[]): string {
  const checkpoints = run.checkpoints.map((one) => [
    String(one.step),
    one.reason,
    bytes(one.bytes),
    one.createdAt,
    one.file,
  ])
  const stretches = run.stretches.map((one) => [
    String(one.fromStep),
    one.toStep === null ? absent : String(one.toStep),
    one.ended ?? absent,
    `TensorFlow ${one.engine.tensorflow}, ${one.engine.threads} threads, ${one.engine.processor}${one.computer === null ? '' : `, on ${one.computer}`}`,
  ])
  const differs = mayDifferFrom(run.stretches)
  return [
    runTable([run]),
    '',
    ...(run.continuation === null
      ? []
      : [`Waits in the queue, at place ${run.queuePosition}, to be continued up to step ${run.continuation.goal}.`]),
    ...(run.network === null
      ? [`The network of the preset ${run.preset}.`]
      : [`Network ${networkName(run.network)}, trained as the preset ${run.preset} trains.`]),
    times(run),
    ...expected(run),
    ...(run.problem === null ? [] : ['', sentenceOf(run.problem, 'en')]),
    '',
    table(['CHECKPOINT', 'REASON', 'SIZE', 'WRITTEN', 'FILE'], checkpoints),
    '',
    table(['FROM', 'TO', 'ENDED', 'ENGINE'], stretches),
    ...(differs === null
      ? []
      : [
          `From step ${differs} on another engine, or another number of threads, computed this run: its bits may differ from those of an unbroken one.`,
        ]),
    '',
    `It tells apart: ${classesText(run.config, entries)}.`,
    chosenBy(run),
    '',
    JSON.stringify(run.config, null, 2),
  ].join('\n')
}
