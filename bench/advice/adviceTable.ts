import { readdirSync, readFileSync } from 'node:fs'
import { adviceOn } from '../../core/advice/adviceOn.ts'
import { HintKind } from '../../core/advice/hintKind.ts'
import { partOfRun } from './partOfRun.ts'
import { Recording } from './recording.ts'

const curves = new URL('curves/', import.meta.url)

/** All recordings, in the order of their names. */
export function recordings(): Recording[] {
  return readdirSync(curves)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => Recording.parse(JSON.parse(readFileSync(new URL(name, curves), 'utf8'))))
}

/** How often a trouble that was made on purpose was noticed, or how often a sound run got a hint. */
export interface Count {
  readonly runs: number
  readonly noticed: readonly string[]
  readonly missed: readonly string[]
}

function countOf(runs: readonly Recording[], noticed: (kinds: readonly HintKind[]) => boolean): Count {
  const isNoticed = ({ run }: Recording): boolean => noticed(adviceOn(run).map(({ kind }) => kind))
  return {
    runs: runs.length,
    noticed: runs.filter(isNoticed).map(({ name }) => name),
    missed: runs.filter((one) => !isNoticed(one)).map(({ name }) => name),
  }
}

/** Shares of a run after which it is looked at while it trains. */
const looks = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9]

/** The sound runs that got a hint at some time while they trained. */
export function hintedOnTheWay(all: readonly Recording[]): string[] {
  return all
    .filter(({ part, trouble }) => part === 'kept' && trouble === null)
    .filter(({ run }) => looks.some((share) => adviceOn(partOfRun(run, share)).length > 0))
    .map(({ name }) => name)
}

/** The counts over recordings on which no detector was adjusted. */
export function keptCounts(all: readonly Recording[]): { sound: Count; troubles: ReadonlyMap<HintKind, Count> } {
  const kept = all.filter(({ part }) => part === 'kept')
  const of = (trouble: HintKind | null): Recording[] => kept.filter((one) => one.trouble === trouble)
  return {
    sound: countOf(of(null), (kinds) => kinds.length > 0),
    troubles: new Map(HintKind.options.map((kind) => [kind, countOf(of(kind), (kinds) => kinds.includes(kind))])),
  }
}

function namesOf(names: readonly string[]): string {
  return names.length === 0 ? '' : ` (${names.join(', ')})`
}

/** The table of docs/advice.md. */
export function adviceTable(all: readonly Recording[]): string {
  const { sound, troubles } = keptCounts(all)
  const onTheWay = hintedOnTheWay(all)
  const rows = [...troubles].map(
    ([kind, { runs, noticed, missed }]) =>
      `| \`${kind}\` | ${runs} | ${noticed.length} | ${missed.join(', ') || '–'} |`,
  )
  const counts = [...troubles.values()]
  const [made, seen] = [
    counts.reduce((sum, { runs }) => sum + runs, 0),
    counts.reduce((sum, { noticed }) => sum + noticed.length, 0),
  ]
  return [
    '| made on purpose | runs | noticed | missed |',
    '| --- | --- | --- | --- |',
    ...rows,
    `| all | ${made} | ${seen} | |`,
    '',
    `Of ${sound.runs} sound runs ${sound.noticed.length} got a hint${namesOf(sound.noticed)}. Looked at after every tenth of their steps while they trained, ${onTheWay.length} did${namesOf(onTheWay)}.`,
  ].join('\n')
}
