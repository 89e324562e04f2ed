import { choicesRouter } from './choices.ts'
import { compareRouter } from './compare.ts'
import { datasetsRouter } from './datasets.ts'
import { errorsRouter } from './errors.ts'
import { exampleRouter } from './example.ts'
import { expectationsRouter } from './expectations.ts'
import { implementation } from './implementation.ts'
import { labRouter } from './lab.ts'
import { lessonsRouter } from './lessons.ts'
import { lookRouter } from './look.ts'
import { measureRouter } from './measure.ts'
import { networksRouter } from './networks.ts'
import { preferencesRouter } from './preferences.ts'
import { queueRouter } from './queue.ts'
import { runsRouter } from './runs.ts'
import { sweepsRouter } from './sweeps.ts'
import { updateRouter } from './update.ts'
import { viewsRouter } from './views.ts'
import { weightsRouter } from './weights.ts'

/** The window contract carried out. The shells serve it; the command line also calls it in its own process. */
export const router = implementation.router({
  lab: labRouter,
  preferences: preferencesRouter,
  choices: choicesRouter,
  datasets: datasetsRouter,
  runs: runsRouter,
  lessons: lessonsRouter,
  expectations: expectationsRouter,
  look: lookRouter,
  compare: compareRouter,
  errors: errorsRouter,
  measure: measureRouter,
  networks: networksRouter,
  example: exampleRouter,
  queue: queueRouter,
  sweeps: sweepsRouter,
  update: updateRouter,
  views: viewsRouter,
  weights: weightsRouter,
})
