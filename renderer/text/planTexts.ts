import type { PlanningProgress } from '../../core/reading/planning.ts'
import type {
  LabelSource,
  NamedColumn,
  Part,
  PartSource,
  PlannedClass,
  Reading,
  ReadingPlan,
  TableUse,
} from '../../core/reading/readingPlan.ts'
import type { Language } from '../../core/words/language.ts'
import { phraseText } from '../../core/words/phrases.ts'
import * as m from '../messages/compiled/messages.js'
import { leftOutText } from './datasetTexts.ts'
import type { Formats } from './formats.ts'

/** How many names a sentence lists before it leaves the rest out. */
const listedNames = 3

const parts = ['train', 'validation', 'test', 'unlabelled'] as const satisfies readonly Part[]

/** Names in a sentence: the first few, with a mark where there are more. */
function listed(names: readonly string[], most = listedNames): string {
  return [...names.slice(0, most), ...(names.length > most ? ['…'] : [])].join(', ')
}

function folderText(folder: string): string {
  // The given folder itself has no path below it.
  return m.plan_quoted({ name: folder === '' ? '.' : folder })
}

/** The name of a table's file, with its folders where two tables have the same name. */
function tableText(table: string, { tables }: Pick<ReadingPlan, 'tables'>): string {
  const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1)
  const name = nameOf(table)
  return tables.filter((other) => nameOf(other.table) === name).length > 1 ? table : name
}

function columnTexts(columns: readonly NamedColumn[], plan: ReadingPlan): string {
  const texts = columns.map(({ table, column }) => {
    const said = { column, table: tableText(table, plan) }
    return /^\d+$/.test(column) ? m.plan_column_number_in(said) : m.plan_column_in(said)
  })
  return listed(texts)
}

/** Columns as where something comes from: `from the column “breed” in labels.csv`. */
function fromColumns(columns: readonly NamedColumn[], plan: ReadingPlan): string {
  const said = { columns: columnTexts(columns, plan) }
  return columns.length === 1 ? m.plan_from_column(said) : m.plan_from_columns(said)
}

/** How far planning is: its stage, and how much is done and left. */
export function planningText(
  progress: PlanningProgress | null,
  format: Formats,
): { readonly stage: string; readonly amount: string; readonly share: number | null } {
  if (progress === null) return { stage: m.plan_walking(), amount: '', share: null }
  const { stage, done, total, perSecond, secondsLeft } = progress
  // All is looked at; what follows, the lab cannot measure.
  if (stage !== 'showing' && done === total) {
    return { stage: m.plan_working_out(), amount: doneText({ ...progress, total: null }, format), share: null }
  }
  const stages = {
    walking: m.plan_walking,
    looking: m.plan_looking,
    reading: m.plan_looking,
    showing: m.plan_showing,
  }
  const rate =
    perSecond === null || stage === 'showing'
      ? []
      : stage === 'reading'
        ? [format.bytesPerSecond(perSecond)]
        : [m.plan_files_per_second({ count: format.whole(perSecond) })]
  const left = secondsLeft === null ? [] : [m.time_left({ time: format.duration(secondsLeft) })]
  return {
    stage: stages[stage](),
    amount: [doneText(progress, format), ...rate, ...left].join(' · '),
    share: total === null || total === 0 ? null : Math.min(1, done / total),
  }
}

function doneText({ done, total, stage }: PlanningProgress, format: Formats): string {
  if (stage === 'reading') {
    return total === null ? format.bytes(done) : m.bytes_of({ done: format.bytes(done), total: format.bytes(total) })
  }
  if (stage === 'showing') {
    return total === null ? format.whole(done) : m.bytes_of({ done: format.whole(done), total: format.whole(total) })
  }
  return total === null
    ? m.plan_files({ count: done, text: format.whole(done) })
    : m.plan_files_of({ done: format.whole(done), count: total, text: format.whole(total) })
}

/** Images of all classes in each part. */
export function planTotals(classes: readonly PlannedClass[]): Omit<PlannedClass, 'name'> {
  const sum = (part: 'train' | 'validation' | 'test'): number => classes.reduce((images, one) => images + one[part], 0)
  return { train: sum('train'), validation: sum('validation'), test: sum('test') }
}

/** The whole plan in a sentence: `1,240 images in 5 classes; test images from the folder “test”`. */
export function headlineText(plan: ReadingPlan, format: Formats): string {
  return m.plan_headline({ ...countTexts(plan, format), parts: testText(plan, format) })
}

/** `1,240 images in 5 classes` */
export function countText(plan: ReadingPlan, format: Formats): string {
  const { images, classes } = countTexts(plan, format)
  return `${images} ${classes}`
}

function countTexts({ classes }: ReadingPlan, format: Formats): { readonly images: string; readonly classes: string } {
  const { train, validation, test } = planTotals(classes)
  const images = train + validation + test
  return {
    images: m.plan_images({ count: images, text: format.whole(images) }),
    classes: m.plan_in_classes({ count: classes.length, text: format.whole(classes.length) }),
  }
}

/** The part whose images test: validation images do where there are no others. */
function testPart({ validation }: ReadingPlan): Part {
  return validation === 'tested' ? 'validation' : 'test'
}

/** Where the test images come from: `test images from the folder “test”`. */
export function testText(plan: ReadingPlan, format: Formats): string {
  const source = plan.parts
  if (source.from === 'seed') return m.plan_test_drawn()
  if (source.from === 'folds') return m.plan_test_folds({ count: format.whole(source.folds.length) })
  if (source.from === 'columns') {
    const said = { columns: columnTexts(source.columns, plan) }
    return source.columns.length === 1 ? m.plan_test_column(said) : m.plan_test_columns(said)
  }
  const part = testPart(plan)
  if (source.from === 'tables') {
    const tables = source.tables.filter((one) => one.part === part).map(({ table }) => tableText(table, plan))
    return m.plan_test_tables({ tables: listed(tables) })
  }
  const folders = source.folders.filter((one) => one.part === part).map(({ folder }) => folderText(folder))
  const said = { names: listed(folders) }
  return folders.length === 1 ? m.plan_test_folder(said) : m.plan_test_folders(said)
}

/** Where the labels come from: `from folders: cats, dogs`. */
export function labelsFrom(plan: ReadingPlan): string {
  const source: LabelSource = plan.labels
  return source.from === 'columns'
    ? fromColumns(source.columns, plan)
    : m.plan_from_folders({
        names: listed(plan.classes.map(({ name }) => name)),
      })
}

/** Where the parts come from, a line each: `Training: “train”`. */
export function partLines(plan: ReadingPlan, format: Formats): string[] {
  return [...sourceLines(plan.parts, plan, format), ...validationLines(plan)]
}

export function partName(part: Part): string {
  const names = {
    train: m.split_train,
    validation: m.plan_validation,
    test: m.split_test,
    unlabelled: m.plan_unlabelled,
  }
  return names[part]()
}

function sourceLines(source: PartSource, plan: ReadingPlan, format: Formats): string[] {
  if (source.from === 'seed') return [m.plan_parts_drawn()]
  if (source.from === 'folds') {
    return [
      m.plan_parts_folds({
        numbers: listed(source.folds.map(String), 10),
        from: fromColumns(source.columns, plan),
      }),
    ]
  }
  if (source.from === 'folders') {
    return byPart(
      source.folders,
      ({ folder }) => folderText(folder),
      (said, count) => (count === 1 ? m.plan_part_folder(said) : m.plan_part_folders(said)),
    )
  }
  if (source.from === 'tables') return byPart(source.tables, ({ table }) => tableText(table, plan))
  const words = byPart(source.words, ({ word, images }) =>
    m.plan_word_counted({
      word: word === '' ? m.plan_empty_cell() : m.plan_quoted({ name: word }),
      count: format.whole(images),
    }),
  )
  return [capitalised(fromColumns(source.columns, plan)), ...words]
}

/** A line for each part that something belongs to. */
function byPart<One extends { readonly part: Part }>(
  all: readonly One[],
  textOf: (one: One) => string,
  line: (said: { readonly part: string; readonly names: string }, count: number) => string = (said) =>
    m.plan_part_line(said),
): string[] {
  return parts.flatMap((part) => {
    const texts = all.filter((one) => one.part === part).map(textOf)
    return texts.length === 0 ? [] : [line({ part: partName(part), names: listed(texts, 6) }, texts.length)]
  })
}

function validationLines({ validation }: ReadingPlan): string[] {
  if (validation === null) return []
  return [validation === 'tested' ? m.plan_validation_tested() : m.plan_validation_trained()]
}

/** What a table is used for: `labels.csv (1,240 rows): gives the labels`. */
export function tableUseText({ table, rows, use, why }: TableUse, plan: ReadingPlan, format: Formats): string {
  const name = tableText(table, plan)
  const uses = {
    labels: m.plan_use_labels,
    parts: m.plan_use_parts,
    'labels and parts': m.plan_use_both,
    nothing: () => (why === null ? m.plan_unused() : m.plan_use_nothing({ why: phraseText(why, format.language) })),
  }
  return m.plan_table_use({
    table:
      rows === null
        ? name
        : m.plan_table_named({ table: name, rows: m.plan_rows({ count: rows, text: format.whole(rows) }) }),
    use: uses[use](),
  })
}

/** Images that a table names and that are not there; null if there are none. */
export function absentText({ absent: { count, first } }: ReadingPlan, format: Formats): string | null {
  if (count === 0) return null
  const names = [...first, ...(count > first.length ? ['…'] : [])].join(', ')
  return m.plan_absent({ count, text: format.whole(count), names })
}

/** What is left out, a line for each reason. Paths are shortened by the folder or archive that holds them all. */
export function leftOutLines(
  { leftOut }: ReadingPlan,
  root: string,
  said: { readonly language: Language; readonly format: Formats },
): string[] {
  const inside = (path: string): string => (path.startsWith(`${root}/`) ? path.slice(root.length + 1) : path)
  return leftOut.map((one) => capitalised(leftOutText({ ...one, first: one.first.map(inside) }, said)))
}

/** A reading among others: first what it means where it differs from them, then the rest. */
export function readingTexts(
  { plan, wishes }: Reading,
  among: readonly Reading[],
  format: Formats,
): { readonly title: string; readonly notes: readonly string[] } {
  const labelsOf = (reading: Reading): string => m.plan_labels({ from: labelsFrom(reading.plan) })
  const labels = m.plan_labels({ from: labelsFrom(plan) })
  const test = capitalised(testText(plan, format))
  const count = countText(plan, format)
  const paths =
    wishes.pathColumn !== undefined && new Set(among.map((reading) => reading.wishes.pathColumn)).size > 1
      ? [m.plan_paths({ column: m.plan_quoted({ name: wishes.pathColumn }) })]
      : []
  return new Set(among.map(labelsOf)).size > 1
    ? { title: labels, notes: [...paths, count, test] }
    : { title: test, notes: [...paths, count, labels] }
}

/** A sentence that was part of another, on its own. */
export function capitalised(text: string): string {
  return text.charAt(0).toLocaleUpperCase() + text.slice(1)
}
