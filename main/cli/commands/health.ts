import type { Health } from '../../../core/health/health.ts'
import { runNumber } from '../argumentKinds.ts'
import { defineCommand } from '../command.ts'
import type { CommandContext } from '../context.ts'
import { healthWords, noHealthWords } from '../healthWords.ts'

/** Measurements that are asked for at a time. */
const pageSize = 20

/** All measurements of a run, the first ones first. */
async function* measurements({ client }: CommandContext, run: number): AsyncGenerator<Health> {
  let after: number | null = null
  for (;;) {
    const rows: Health[] = await client.runs.healthRows({ run, after, count: pageSize })
    yield* rows
    const last = rows.at(-1)
    if (last === undefined || rows.length < pageSize) return
    after = last.step
  }
}

export const healthCommand = defineCommand({
  name: 'health',
  summary: 'Show silent units, gradients and updates of a run’s layers',
  arguments: { run: runNumber },
  read: ({ run }) => ({ run }),
  /** Tells every measurement with `--json`, otherwise the newest one in words. */
  run: async (context, { run }) => {
    const { client, output } = context
    if (output.json) {
      for await (const health of measurements(context, run)) output.tell(health)
      return
    }
    const { every, newest } = await client.runs.health({ run, points: 1 })
    const [health] =
      newest === null ? [] : await client.runs.healthRows({ run, after: newest === 0 ? null : newest - 1, count: 1 })
    output.tell({}, health === undefined ? noHealthWords(run, every) : healthWords(run, health))
  },
})
