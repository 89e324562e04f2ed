import { LessonId } from '../../core/lessons/lessonId.ts'

export const pages = [
  'start',
  'data',
  'network',
  'train',
  'look',
  'errors',
  'compare',
  'sweeps',
  'lessons',
  'settings',
] as const
export type Page = (typeof pages)[number]

/** The pages that show one run. */
const runPages: readonly Page[] = ['train', 'look', 'errors']

export interface Route {
  readonly page: Page
  /** The run that the page shows; null means the one in training, or the newest. */
  readonly run: number | null
  /** The lesson that is open; left out: the first one. */
  readonly lesson?: LessonId | undefined
  /** Whether the page Lessons shows the list of all terms instead. */
  readonly terms?: true | undefined
  /** The form of an export is open, of the run that the page Train shows. Step null: of its newest checkpoint. */
  readonly exports?: { readonly step: number | null } | undefined
  /** The sweep that the page Sweeps shows; left out: the one shown last, or the newest. */
  readonly sweep?: number | undefined
}

/** Stands in the place of a lesson. */
const termsName = 'terms'

/** Stands behind a run on the page Train; a step may follow. */
const exportsName = 'export'

/** The address of the list of all terms. */
export const termsAddress = `#/lessons/${termsName}`

function stepOf(text: string | undefined): number | null {
  return text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : null
}

/** The route of an address such as `#/train/7`. Unknown addresses lead to the page Data. */
export function routeOf(hash: string): Route {
  const [, name, shown, part, step] = hash.split('/')
  const lesson = LessonId.safeParse(shown)
  const page = pages.find((candidate) => candidate === name) ?? 'data'
  const id = Number(shown)
  const isNumber = Number.isInteger(id) && id > 0
  return {
    page,
    run: runPages.includes(page) && isNumber ? id : null,
    ...(page === 'train' && isNumber && part === exportsName ? { exports: { step: stepOf(step) } } : {}),
    ...(page === 'lessons' && lesson.success ? { lesson: lesson.data } : {}),
    ...(page === 'lessons' && shown === termsName ? { terms: true as const } : {}),
    ...(page === 'sweeps' && isNumber ? { sweep: id } : {}),
  }
}

/** The address of a page, or of a run or sweep on it. */
export function addressOf(page: Page, shown?: number): string {
  return shown === undefined ? `#/${page}` : `#/${page}/${shown}`
}

/** The address at which the form of a run's export is open, with this checkpoint chosen or the newest. */
export function exportAddress(run: number, step?: number): string {
  const form = `${addressOf('train', run)}/${exportsName}`
  return step === undefined ? form : `${form}/${step}`
}

/** The address of a lesson. */
export function lessonAddress(lesson: LessonId): string {
  return `#/lessons/${lesson}`
}
