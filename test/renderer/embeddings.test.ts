import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import type { Embedding, EmbeddingEvent, EmbeddingQuestion } from '../../core/embedding/embedding.ts'
import { Embeddings, type PlaneWish } from '../../renderer/state/embeddings.svelte.ts'
import { calls, connected, LabEnd, refusal, until } from './labEnd.ts'

const shaOf = (step: number): string => String(step).padStart(64, '0')

function wish(step: number, method: PlaneWish['method']['kind'], images = 1000): PlaneWish {
  return {
    subject: { run: 1, checkpoint: step, sha256: shaOf(step) },
    images,
    method: method === 'pca' ? { kind: method } : { kind: method, neighbours: 15, seed: 1 },
  }
}

function embeddingOf({ run, checkpoint, images, method }: EmbeddingQuestion): Embedding {
  return {
    run,
    checkpoint: Number(checkpoint),
    sha256: shaOf(Number(checkpoint)),
    classes: ['cat', 'dog'],
    layer: 'relu_4',
    width: 128,
    isPixels: false,
    testImages: 10_000,
    asked: images,
    made: method.kind === 'pca' ? { kind: 'pca', explained: [0.5, 0.2] } : { ...method, epochs: 500 },
    numbers: [0, 3, 5],
    labels: [0, 1, 1],
    predicted: [0, 1, 0],
    confidence: [0.9, 0.8, 0.7],
    x: [0, 1, 2],
    y: [0, 1, 0],
  }
}

const asked: string[] = []
let ended = 0
const end = new LabEnd({
  errors: {
    embedding: calls.errors.embedding.handler(async function* ({ input, signal }): AsyncGenerator<EmbeddingEvent> {
      asked.push(`${Number(input.checkpoint)} ${input.method.kind}`)
      if (input.checkpoint === 666) throw refusal
      yield { kind: 'progress', stage: 'vectors', done: 1, total: 3, perSecond: 2 }
      if (input.checkpoint === 99 && input.method.kind === 'umap') {
        await new Promise<void>((resolve) => signal?.addEventListener('abort', () => resolve()))
        ended += 1
        return
      }
      yield { kind: 'done', embedding: embeddingOf(input) }
    }),
  },
})
const lab = await connected(end)
afterAll(() => end.end())
beforeEach(() => {
  asked.length = 0
  ended = 0
})

describe('planes of a checkpoint', () => {
  it('begin with the principal components, which stay in view while UMAP is under way', async () => {
    const planes = new Embeddings(lab)
    const shown = planes.show(wish(99, 'umap'))
    await until(() => planes.shown !== null && planes.pass.progress !== null)
    expect(planes.shown?.made.kind).toBe('pca')
    expect(planes.pass.progress).toMatchObject({ stage: 'vectors' })
    planes.cancel()
    await shown
    await until(() => ended === 1)
    expect(planes.cancelled).toBe(true)
    expect(planes.shown?.made.kind).toBe('pca')
    expect(asked).toEqual(['99 pca', '99 umap'])
  })

  it('are asked for once, and UMAP alone where its components are in view', async () => {
    const planes = new Embeddings(lab)
    await planes.show(wish(1, 'pca'))
    await planes.show(wish(1, 'umap'))
    expect(planes.shown?.made.kind).toBe('umap')
    await planes.show(wish(1, 'umap'))
    expect(asked).toEqual(['1 pca', '1 umap'])
    await planes.show(wish(2, 'umap'))
    expect(asked.slice(2)).toEqual(['2 pca', '2 umap'])
  })

  it('give way to a newer wish', async () => {
    const planes = new Embeddings(lab)
    const first = planes.show(wish(99, 'umap'))
    await until(() => asked.includes('99 umap'))
    await planes.show(wish(3, 'pca'))
    await first
    expect(planes.shown?.checkpoint).toBe(3)
    expect(ended).toBe(1)
  })

  it('stay in view when the next one is refused, with the reason', async () => {
    const planes = new Embeddings(lab)
    await planes.show(wish(1, 'pca'))
    await planes.show(wish(666, 'umap'))
    expect(planes.pass.problem).not.toBeNull()
    expect(planes.shown?.checkpoint).toBe(1)
    expect(asked).toEqual(['1 pca', '666 pca'])
  })
})
