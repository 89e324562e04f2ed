import path from 'node:path'
import type { Prediction } from '../../../core/inspect/looking.ts'
import { LabError, problem, sentenceOf, type Problem } from '../../../core/words/problems.ts'
import type { CheckpointChoice } from '../../../core/run/run.ts'
import { anyWord, ifNamed, runNumber } from '../argumentKinds.ts'
import { askedImage, askedImageOption, namedImage } from '../askedImage.ts'
import { defineCommand } from '../command.ts'
import type { CommandContext } from '../context.ts'
import { failureOf } from '../failure.ts'
import { isFolder, picturesIn } from '../folderPictures.ts'
import { bar } from '../format.ts'
import { givePictureFile } from '../givePicture.ts'
import { predictedClass, predictionTable, predictionText, predictionValue, trueClass } from '../predictionWords.ts'
import { chosenCheckpoint } from '../sharedOptions.ts'

const name = 'predict'

/** A run and which of its checkpoints answers. */
interface Subject {
  readonly run: number
  readonly checkpoint: CheckpointChoice
}

/** What can be wrong with one picture, while others are answered. */
const ofOnePicture: readonly Problem['code'][] = ['picture-file-unread', 'picture-refused', 'answer-not-finite']

/** An answer for each picture in a folder; one that cannot be answered is told, and the rest goes on. */
async function predictFolder({ client, output }: CommandContext, subject: Subject, folder: string): Promise<void> {
  const files = await picturesIn(folder)
  // While the run trains, its last checkpoint changes: all answers come from one.
  let { checkpoint } = subject
  const counts = new Map<string, number>()
  let refused = 0
  for (const [index, file] of files.entries()) {
    output.progress(bar(index / files.length, `${index} of ${files.length} pictures`, output.columns))
    try {
      const { sha256 } = await givePictureFile(client, path.join(folder, file))
      const prediction: Prediction = await client.look.predict({
        ...subject,
        checkpoint,
        image: { kind: 'given', sha256 },
      })
      checkpoint = prediction.checkpoint
      const predicted = predictedClass(prediction)
      counts.set(predicted, (counts.get(predicted) ?? 0) + 1)
      output.tell(predictionValue(prediction, file), `${file}: ${predictionText(prediction)}`)
    } catch (thrown) {
      const failure = failureOf(thrown, true)
      if (!ofOnePicture.includes(failure.code)) throw thrown
      refused += 1
      const sentence = sentenceOf(failure, 'en')
      output.tell({ event: 'refused', image: file, problem: failure, sentence }, `${file}: ${sentence}`)
    }
  }
  output.end()
  const { run } = subject
  const answered = files.length - refused
  const known = [...counts].sort(([, one], [, other]) => other - one)
  output.tell(
    { event: 'done', run, checkpoint, images: answered, refused, predicted: Object.fromEntries(known) },
    `Run ${run} at step ${checkpoint}: ${answered} ${answered === 1 ? 'picture' : 'pictures'}${known.map(([of, count]) => `, ${count} ${of}`).join('')}.`,
  )
  if (refused > 0) throw new LabError(problem('pictures-passed-over', { count: refused, total: files.length }))
}

export const predictCommand = defineCommand({
  name,
  summary: 'Ask a run what it sees in an image, a picture or a folder of pictures',
  arguments: { run: runNumber, path: ifNamed(anyWord('PATH')) },
  options: { image: askedImageOption, checkpoint: chosenCheckpoint },
  read: (taken, { image, checkpoint }) => ({
    subject: { run: taken.run, checkpoint },
    asked: askedImage(name, taken.path, image),
  }),
  run: async (context, { subject, asked }) => {
    const { client, output } = context
    if (asked.kind === 'path' && (await isFolder(asked.path))) return predictFolder(context, subject, asked.path)
    const { image, name: called } = await namedImage(client, asked)
    const prediction: Prediction = await client.look.predict({ ...subject, image })
    const known = trueClass(prediction)
    output.tell(
      predictionValue(prediction, called),
      [
        `Run ${prediction.run} at step ${prediction.checkpoint}, ${called}: ${predictionText(prediction)}.${known === null ? '' : ` True: ${known}.`}`,
        '',
        predictionTable(prediction),
      ].join('\n'),
    )
  },
})
