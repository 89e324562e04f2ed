import { implementation } from './implementation.ts'

const { views } = implementation

/** Tables of runs by name. */
export const viewsRouter = views.router({
  list: views.list.handler(({ context }) => context.lab.history.views.all()),
  save: views.save.handler(({ context, input: { name, view } }) => {
    context.lab.history.views.save(name, view)
    return context.lab.history.views.all()
  }),
  remove: views.remove.handler(({ context, input }) => {
    context.lab.history.views.remove(input.name)
    return context.lab.history.views.all()
  }),
  last: {
    read: views.last.read.handler(({ context }) => ({ view: context.lab.history.views.last() })),
    write: views.last.write.handler(({ context, input }) => context.lab.history.views.writeLast(input)),
  },
})
