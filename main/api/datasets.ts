import { implementation } from './implementation.ts'

const { datasets } = implementation

/** The data sets: what there is, getting them, looking at their images. */
export const datasetsRouter = datasets.router({
  list: datasets.list.handler(({ context }) => context.lab.datasets.list()),
  get: datasets.get.handler(({ context, input }) => context.lab.datasets.get(input.dataset, input.edition)),
  cancel: datasets.cancel.handler(({ context, input }) => context.lab.datasets.cancel(input.dataset)),
  plan: datasets.plan.handler(({ context, input, signal }) =>
    context.lab.datasets.plan(input.path, input.wishes, signal),
  ),
  import: datasets.import.handler(({ context, input: { dataset, path, name, wishes } }) =>
    context.lab.datasets.import(dataset, path, { name, wishes }),
  ),
  prepare: datasets.prepare.handler(({ context, input }) => context.lab.datasets.prepare(input.dataset, input.form)),
  pack: datasets.pack.handler(({ context, input }) => context.lab.datasets.pack(input.dataset, input.file)),
  remove: datasets.remove.handler(({ context, input }) => context.lab.datasets.remove(input.dataset)),
  images: datasets.images.handler(({ context, input: { dataset, choice, ...piece } }) =>
    context.lab.datasets.images.page(dataset, choice, piece),
  ),
  twins: datasets.twins.handler(({ context, input }) =>
    context.lab.datasets.images.twins(input.dataset, input.choice, input.count),
  ),
  mirror: {
    read: datasets.mirror.read.handler(({ context }) => ({ place: context.lab.datasets.mirror })),
    write: datasets.mirror.write.handler(async ({ context, input }) => ({
      place: await context.lab.datasets.setMirror(input.place, input.code),
    })),
  },
  samples: datasets.samples.handler(({ context, input }) =>
    context.lab.datasets.images.samples(input.dataset, input.split, input.count, input.seed),
  ),
})
