import { implementation } from './implementation.ts'

const { lessons } = implementation

/** The questions of the lessons. */
export const lessonsRouter = lessons.router({
  read: lessons.read.handler(({ context }) => context.lab.history.lessons.kept()),
  answer: lessons.answer.handler(({ context, input }) => context.lab.history.lessons.answer(input)),
})
