import { vectorsThatFit } from '../../../core/embedding/chosenImages.ts'
import {
  type Embedding,
  type EmbeddingEvent,
  type EmbeddingProgress,
  type EmbeddingQuestion,
  fewestImages,
  type PlaneMethod,
} from '../../../core/embedding/embedding.ts'
import { type HiddenLayer, lastHiddenLayer } from '../../../core/embedding/lastHiddenLayer.ts'
import { imagesOf, type NamedPass } from '../../../core/errors/testPass.ts'
import { refuse } from '../../../core/words/problems.ts'
import { passOf } from '../errors/passOf.ts'
import { type FoundSubject, type Inspection, subjectOf } from '../inspection.ts'
import type { StoredPlane } from './storedPlanes.ts'
import { vectorsOf } from './vectorsOf.ts'

/** The plane of a checkpoint: the stored one, or computed with progress and then stored. Null once nobody listens. */
async function* planeOf(
  inspection: Inspection,
  subject: FoundSubject,
  hidden: HiddenLayer,
  { rows, method }: { readonly rows: number; readonly method: PlaneMethod },
  signal?: AbortSignal,
): AsyncGenerator<EmbeddingProgress, StoredPlane | null> {
  const { planes, planeThreads, log } = inspection
  const asked = { checkpoint: subject.checkpoint.sha256, rows, method }
  const known = await planes.known(asked)
  if (known !== null) return known
  const vectors = yield* vectorsOf(inspection, subject, hidden, rows, signal)
  if (vectors === null) return null
  const { numbers, columns, values } = vectors
  const computed = yield* planeThreads.compute({ rows, columns, values, method }, signal)
  if (computed === null) return null
  const { made, x, y } = computed
  const plane = { made, numbers, x, y }
  // The plane is known without its file, which a full disk must not hide.
  await planes.keep(asked, plane).catch((thrown: unknown) => log.add('storing a plane of test images', thrown))
  return plane
}

/** The pass over the test set, whose answers each image is shown with. */
async function* answersOf(
  inspection: Inspection,
  subject: FoundSubject,
  signal?: AbortSignal,
): AsyncGenerator<EmbeddingProgress, NamedPass | null> {
  const parts = passOf(inspection, subject, signal)
  for (;;) {
    const part = await parts.next()
    if (part.done === true) return part.value
    yield { ...part.value, stage: 'answers' }
  }
}

function embeddingIn(
  { run, checkpoint: { step, sha256 } }: FoundSubject,
  { layer, width, isPixels }: HiddenLayer,
  { names, pass }: NamedPass,
  { made, numbers, x, y }: StoredPlane,
  asked: number,
): Embedding {
  const of = (values: Uint16Array | Float64Array): number[] => Array.from(numbers, (number) => values[number])
  return {
    run,
    checkpoint: step,
    sha256,
    classes: [...names],
    layer,
    width,
    isPixels,
    testImages: imagesOf(pass),
    asked,
    made,
    numbers: [...numbers],
    labels: of(pass.labels),
    predicted: of(pass.predicted),
    confidence: of(pass.confidence),
    x: [...x],
    y: [...y],
  }
}

/**
 * Test images in a plane, by the vectors of a checkpoint's last hidden layer.
 * @param signal Ends it.
 * @throws LabError `embedding-few-images`, or as `subjectOf`, `passOf`, `vectorsOf` and `PlaneThreads` do.
 */
export async function* embeddingOf(
  inspection: Inspection,
  question: EmbeddingQuestion,
  signal?: AbortSignal,
): AsyncGenerator<EmbeddingEvent> {
  const subject = subjectOf(inspection, question)
  const known = yield* answersOf(inspection, subject, signal)
  if (known === null) return
  const images = imagesOf(known.pass)
  if (images < fewestImages) refuse('embedding-few-images', { run: subject.run, images })
  const hidden = lastHiddenLayer(subject.config.model)
  const rows = Math.min(question.images, images, vectorsThatFit(hidden.width))
  const { method } = question
  const possible = method.kind === 'pca' ? method : { ...method, neighbours: Math.min(method.neighbours, rows - 1) }
  const plane = yield* planeOf(inspection, subject, hidden, { rows, method: possible }, signal)
  if (plane !== null) yield { kind: 'done', embedding: embeddingIn(subject, hidden, known, plane, question.images) }
}
