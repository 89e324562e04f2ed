import {
  EmbeddedImages,
  type EmbeddingEvent,
  type EmbeddingQuestion,
  NearImages,
  type PlaneMethod,
  usualPlane,
} from '../../../core/embedding/embedding.ts'
import { embeddingCsv } from '../../../core/embedding/embeddingCsv.ts'
import { limitsOf } from '../../../core/numbers/range.ts'
import { Seed } from '../../../core/run/seed.ts'
import { refuse } from '../../../core/words/problems.ts'
import { writeFileAtomically } from '../../files/atomicFile.ts'
import { runNumber } from '../argumentKinds.ts'
import { defineCommand } from '../command.ts'
import { embeddingText, embeddingValue, stageWords } from '../embeddingWords.ts'
import { numberWithin, oneOf, text, usually } from '../optionKinds.ts'
import { answerOf } from '../passShown.ts'
import { chosenCheckpoint } from '../sharedOptions.ts'
import { givenPath } from '../../files/givenPath.ts'

const name = 'embedding'

function methodOf(
  kind: PlaneMethod['kind'],
  { neighbours, seed }: { readonly neighbours: number | undefined; readonly seed: number | undefined },
): PlaneMethod {
  if (kind === 'umap') return { kind, neighbours: neighbours ?? usualPlane.neighbours, seed: seed ?? usualPlane.seed }
  if (neighbours !== undefined || seed !== undefined)
    refuse('arguments-wrong', { command: name, detail: '--neighbours and --seed are for --method umap' })
  return { kind }
}

export const embeddingCommand = defineCommand({
  name,
  summary: 'Put test images into a plane by what the last hidden layer of a run makes of them',
  arguments: { run: runNumber },
  options: {
    checkpoint: chosenCheckpoint,
    method: usually<PlaneMethod['kind']>(
      oneOf('NAME', 'Principal components or UMAP: pca, umap', ['pca', 'umap']),
      'pca',
    ),
    images: usually(
      numberWithin('N', 'Test images, as many of each class', limitsOf(EmbeddedImages)),
      usualPlane.images,
    ),
    neighbours: numberWithin(
      'K',
      `Images that count as near, for UMAP (${usualPlane.neighbours})`,
      limitsOf(NearImages),
    ),
    seed: numberWithin('S', `Seed of UMAP’s random numbers (${usualPlane.seed})`, limitsOf(Seed)),
    csv: text('FILE', 'File to write a row for each image into'),
  },
  read: ({ run }, { checkpoint, method, images, neighbours, seed, csv }) => ({
    question: { run, checkpoint, images, method: methodOf(method, { neighbours, seed }) },
    file: csv === undefined ? null : givenPath(csv),
  }),
  run: async (context, { question, file }: { question: EmbeddingQuestion; file: string | null }) => {
    const events: AsyncIterable<EmbeddingEvent> = await context.client.errors.embedding(question)
    const { embedding } = await answerOf(context, events, ({ stage }) => stageWords[stage])
    if (file !== null) await writeFileAtomically(file, [Buffer.from(embeddingCsv(embedding))])
    context.output.tell(
      { ...embeddingValue(embedding), file },
      `${embeddingText(embedding)}${file === null ? '' : `\n\nThe images are in ${file}.`}`,
    )
  },
})
