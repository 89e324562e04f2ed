import { type PlaneMethod, usualPlane } from '../../core/embedding/embedding.ts'

export const errorsTabs = ['confusion', 'classes', 'images', 'certainty', 'embedding', 'beside'] as const
export type ErrorsTab = (typeof errorsTabs)[number]

/** What the cells of a confusion matrix say: images, or their share of all images of the true class. */
export type MatrixValues = 'counts' | 'shares'

/** In which order the classes stand: their own, or confused ones together. */
export type MatrixOrder = 'own' | 'confused'

/** A cell of the matrix by its classes. */
export interface Cell {
  readonly label: number
  readonly predicted: number
}

/** The scores by which the table of classes is sorted. */
export type ClassColumn = 'name' | 'precision' | 'recall' | 'f1' | 'images'

/** How test images are put into a plane, and which of them are shown. */
export interface PlaneSettings {
  readonly method: PlaneMethod['kind']
  readonly images: number
  readonly neighbours: number
  readonly seed: number
}

export type MistakeList = 'confident-mistakes' | 'least-certain' | 'suspect-labels'

/** What is chosen on the page Errors. The checkpoint is chosen in `look`. It lives as long as the window. */
export class ErrorsPageView {
  tab = $state<ErrorsTab>('confusion')
  values = $state<MatrixValues>('counts')
  order = $state<MatrixOrder>('own')
  /** The cell whose images are shown; null: none. */
  cell = $state.raw<Cell | null>(null)
  /** Which tile of the headline explains itself. */
  explained = $state<string | null>(null)
  sortedBy = $state<ClassColumn>('f1')
  descending = $state(false)
  /** The class whose images are shown beside the table; null: none. */
  label = $state<number | null>(null)
  list = $state<MistakeList>('confident-mistakes')
  certaintyBy = $state<'margin' | 'entropy'>('margin')
  /** Answers count from this probability on. */
  threshold = $state(0.8)
  /** Which of two checkpoints is right where the other is wrong. */
  right = $state<'first' | 'second'>('second')
  plane = $state.raw<PlaneSettings>({ method: 'pca', ...usualPlane })
  /** Whether the plane shows wrong answers alone. */
  onlyWrong = $state(false)
  /** The classes that stand out in the plane, in the order in which they were chosen; empty: all. */
  highlighted = $state.raw<readonly number[]>([])
  /** The images of the plane that are listed beside it: their numbers in the test list. */
  chosenImages = $state.raw<readonly number[]>([])

  #run: number | null = null

  /** Shows a run; what was chosen of another one's classes is let go. */
  enter(run: number): void {
    if (this.#run !== run) {
      this.cell = null
      this.label = null
      this.highlighted = []
      this.chosenImages = []
    }
    this.#run = run
  }
}

export const errorsPage = new ErrorsPageView()
