import { refuse } from '../../core/problems.ts'
import { implementation } from './implementation.ts'

const { datasets } = implementation

/** Says of a call that this lab cannot carry it out. */
function cannot(what: string): never {
  refuse('bad-input', { detail: `this Conv Lab cannot ${what}` })
}

/** The data sets: what there is, getting them, looking at their images. */
export const datasetsRouter = datasets.router({
  list: datasets.list.handler(({ context }) => context.lab.datasets.list()),
  get: datasets.get.handler(({ context, input }) => context.lab.datasets.get(input.dataset)),
  cancel: datasets.cancel.handler(({ context, input }) => context.lab.datasets.cancel(input.dataset)),
  import: datasets.import.handler(() => cannot('import a set')),
  prepare: datasets.prepare.handler(() => cannot('prepare another form of a set')),
  pack: datasets.pack.handler(() => cannot('pack a set')),
  remove: datasets.remove.handler(() => cannot('remove a set')),
  images: datasets.images.handler(() => cannot('list the images of a choice')),
  twins: datasets.twins.handler(() => cannot('list equal images')),
  mirror: {
    read: datasets.mirror.read.handler(() => ({ place: null })),
    write: datasets.mirror.write.handler(() => cannot('use a mirror')),
  },
  samples: datasets.samples.handler(({ context, input }) => context.lab.datasets.samples(input.dataset, input.split, input.count, input.seed)),
})
