import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { withFrozenLayers } from '../../core/run/changedRequest.ts'
import type { RunRequest } from '../../core/run/run.ts'
import { readWeightsTable, weightsTableText } from '../../core/weights/weightsTableFile.ts'
import { type TableRow, uncertainRows, WeightsSource, type WeightsTable } from '../../core/weights/weightsTable.ts'
import { refuse } from '../../core/words/problems.ts'
import { writeFileAtomically } from '../files/atomicFile.ts'
import { whyUnread } from '../files/whyUnread.ts'
import type { ValuesOf } from './command.ts'
import type { CommandContext } from './context.ts'
import { table as tableText } from './format.ts'
import { layerNames, text } from './optionKinds.ts'

/** What a run begins with that comes from elsewhere, as options. */
export const weightsOptions = {
  weights: text('FILE|run:N', 'Begin with weights of a safetensors or ONNX file, or of run N (run:N@best, run:N@STEP)'),
  map: text(
    'FILE|exact',
    'Which tensor goes where: a table that was written and looked through, or only what is certain',
  ),
  'write-map': text('FILE', 'Write that table into a file, and train nothing'),
  anew: layerNames('These layers begin with initial weights of their own, for example classes'),
  freeze: layerNames('These layers keep the weights that they begin with'),
}

/** What a person asked for of the weights that a run begins with. */
export interface WeightsWish {
  /** Null where the run begins with initial weights alone. */
  readonly begin: {
    readonly source: WeightsSource
    readonly anew: readonly string[]
    /** `exact`, or a file; null where the table is only written. */
    readonly map: string | null
    /** The file to write the table into; null: the run begins. */
    readonly writeMap: string | null
  } | null
  readonly frozen: readonly string[]
}

function sourceOf(word: string): WeightsSource | undefined {
  const run = /^run:(\d+)(?:@(best|last|\d+))?$/.exec(word)
  if (run === null) return { kind: 'file', path: path.resolve(word) }
  const at = run[2] ?? 'last'
  return WeightsSource.safeParse({
    kind: 'run',
    run: Number(run[1]),
    at: /^\d+$/.test(at) ? Number(at) : at,
  }).data
}

/** What the options say of the weights. @throws LabError `arguments-wrong` or `option-value`. */
export function weightsWish(command: string, options: ValuesOf<typeof weightsOptions>): WeightsWish {
  const { weights, map, 'write-map': writeMap, anew = [], freeze: frozen = [] } = options
  const wrong = (detail: string): never => refuse('arguments-wrong', { command, detail })
  if (weights === undefined) {
    if (map !== undefined || writeMap !== undefined || anew.length > 0)
      wrong('--map, --write-map and --anew belong to --weights')
    return { begin: null, frozen }
  }
  if ((map === undefined) === (writeMap === undefined))
    wrong('--weights takes --write-map FILE to see which tensor would go where, or --map FILE or --map exact to begin')
  const source =
    sourceOf(weights) ??
    refuse('option-value', { option: '--weights', expected: 'a file, run:N, run:N@best or run:N@STEP', value: weights })
  return { begin: { source, anew, map: map ?? null, writeMap: writeMap ?? null }, frozen }
}

function takenText({ taken, by, choices }: TableRow): string {
  if (taken !== null) return taken.turn === 'as-it-is' ? taken.tensor : `${taken.tensor} (${taken.turn})`
  return by === 'open' ? `one of ${choices.map(({ tensor, turn }) => `${tensor} (${turn})`).join(', ')}` : '-'
}

/** A table of weights as a person reads it. */
export function weightsTableWords({ rows, unused }: WeightsTable): string {
  return [
    tableText(
      ['VARIABLE', 'TENSOR', 'BY'],
      rows.map((row) => [row.variable, takenText(row), row.by]),
    ),
    ...(unused.length === 0 ? [] : ['', `Not used: ${unused.join(', ')}.`]),
  ].join('\n')
}

async function rowsOf(map: string, proposed: WeightsTable): Promise<TableRow[]> {
  if (map === 'exact') {
    const uncertain = uncertainRows(proposed.rows).map(({ variable }) => variable)
    return uncertain.length === 0 ? proposed.rows : refuse('weights-uncertain', { variables: uncertain.join(', ') })
  }
  const content = await readFile(map, 'utf8').catch((thrown: unknown) =>
    refuse('weights-file-unread', { file: map, detail: whyUnread(thrown) }, { cause: thrown }),
  )
  return readWeightsTable(content)
}

/**
 * A request with the weights that it is to begin with, and with its layers frozen; null where the table was only asked
 * for, which is written and told then.
 */
export async function withWeights(
  { client, output }: Pick<CommandContext, 'client' | 'output'>,
  asked: RunRequest,
  { begin, frozen }: WeightsWish,
): Promise<RunRequest | null> {
  const request = frozen.length === 0 ? asked : withFrozenLayers(asked, frozen)
  if (begin === null) return request
  const { source, anew, map, writeMap } = begin
  const { model } = request.config
  const { rows: proposedRows, unused } = await client.weights.propose({ source, model, anew: [...anew] })
  const proposed = { rows: proposedRows, unused }
  if (map === null) {
    if (writeMap !== null) await writeFileAtomically(writeMap, [Buffer.from(weightsTableText(proposed))])
    output.tell({ event: 'weights', ...proposed, file: writeMap }, weightsTableWords(proposed))
    return null
  }
  const rows = await rowsOf(map, proposed)
  const { from } = await client.weights.keep({ source, model, rows })
  return { ...request, config: { ...request.config, from } }
}
