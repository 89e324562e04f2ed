import { ownTemplate, type DatasetEntry } from '../../../core/data/dataset.ts'
import type { LeftOut } from '../../../core/data/leftOut.ts'
import { checkOwnName } from '../../../core/data/ownName.ts'
import type { ReadingWishes } from '../../../core/reading/readingWishes.ts'
import { choicesText } from '../../../core/reading/wishOptions.ts'
import { LabError, problem, refuse } from '../../../core/words/problems.ts'
import { anyWord } from '../argumentKinds.ts'
import { defineCommand } from '../command.ts'
import type { CommandContext } from '../context.ts'
import { datasetWork } from '../datasetWork.ts'
import { follow } from '../follow.ts'
import { flag, text } from '../optionKinds.ts'
import { planReading } from '../planReading.ts'
import { choiceWords, planWords } from '../planWords.ts'
import { readingOptions, readingWishes } from '../readingOptions.ts'
import { tellReady } from '../tellReady.ts'
import { givenPath } from '../../files/givenPath.ts'

const name = 'dataset import'

/** What is imported, and how. */
interface Wish {
  readonly dataset: string
  readonly path: string
  readonly called: string | undefined
  readonly wishes: ReadingWishes | undefined
}

/** The entry once nothing goes on with the set any more. */
function settledOf(entry: DatasetEntry): DatasetEntry | undefined {
  return entry.state === 'getting' || entry.progress !== null ? undefined : entry
}

/** Whether it is the id of a person's own images: that under which they are first imported, or that of a set of them. */
function isOwn(dataset: string): boolean {
  return dataset === ownTemplate || dataset.startsWith(`${ownTemplate}-`)
}

/** What the plan of a person's own images has told. */
interface ToldPlan {
  /** The problem of choosing between several readings; null where there is one, or a packed set. */
  readonly several: LabError | null
  readonly leftOut: readonly LeftOut[]
}

/** Plans how the images are read, and tells it. */
async function tellPlan(context: CommandContext, { path: from, wishes }: Wish): Promise<ToldPlan> {
  const { output } = context
  const event = await planReading(context, from, wishes)
  if (event.kind === 'packed') {
    output.tell({ event: 'packed', name: event.name }, `A packed data set, “${event.name}”: it needs no plan.`)
    return { several: null, leftOut: [] }
  }
  const { readings, question, byName } = event
  const [first, ...others] = readings
  output.tell(
    { event: 'plan', readings, question, byName },
    question === null ? planWords(first, others, byName) : choiceWords(readings),
  )
  return {
    several:
      question === null
        ? null
        : new LabError(problem('reading-ambiguous', { question, choices: choicesText(readings) })),
    leftOut: question === null ? first.plan.leftOut : [],
  }
}

/** @throws LabError why it was not imported. */
async function take(
  context: CommandContext,
  { dataset, path: from, called, wishes }: Wish,
  told: readonly LeftOut[],
): Promise<void> {
  const { client } = context
  const { sequence } = await client.lab.status()
  const begun = await client.datasets.import({
    dataset,
    path: from,
    ...(called === undefined ? {} : { name: called }),
    ...(wishes === undefined ? {} : { wishes }),
  })
  const { id } = begun
  const entry = await datasetWork(context, id, async () => {
    const before = settledOf(begun)
    if (before !== undefined) return before
    return follow(client, sequence, async (event) => {
      if (event.kind === 'reset') return (await client.datasets.list()).filter((one) => one.id === id).map(settledOf)[0]
      return event.kind === 'dataset' && event.dataset.id === id ? settledOf(event.dataset) : undefined
    })
  })
  if (entry.problem !== null) throw new LabError(entry.problem)
  if (entry.state !== 'ready') throw new LabError(problem('download-cancelled', { dataset: entry.name }))
  tellReady(context, entry, told)
}

export const datasetImportCommand = defineCommand({
  name,
  summary: 'Take a data set from an archive or folder of this computer',
  arguments: { dataset: anyWord('ID'), path: anyWord('PATH') },
  options: {
    name: text('NAME', 'What a set of your own images (ID own) is to be called'),
    plan: flag('Show how your own images would be read, and take nothing'),
    ...readingOptions,
  },
  endsItself: true,
  read: (taken, { name: called, plan, ...options }) => {
    const wishes = readingWishes(options)
    if (!isOwn(taken.dataset) && (plan || wishes !== undefined))
      refuse('arguments-wrong', {
        command: name,
        detail: '--plan and the options of labels and parts belong to your own images (ID own)',
      })
    if (called !== undefined) checkOwnName(called)
    // The lab that reads the files may run in another folder.
    return { dataset: taken.dataset, path: givenPath(taken.path), called, wishes, planOnly: plan }
  },
  run: async (context, { planOnly, ...wish }) => {
    if (!isOwn(wish.dataset)) return take(context, wish, [])
    const { several, leftOut } = await tellPlan(context, wish)
    if (planOnly) return
    if (several !== null) throw several
    await take(context, wish, leftOut)
  },
})
