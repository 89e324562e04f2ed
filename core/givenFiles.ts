import { z } from 'zod'
import { DatasetEntry } from './dataset.ts'
import { Problem } from './problems.ts'

/**
 * How a page in a browser hands files over, with `givenFilesPath` before each address: `POST /` begins and answers
 * `GivenPlace`, `PUT /<id>/<path>` writes a file, `POST /<id>/import` takes a set from them, `DELETE /<id>` gives up.
 */
export const GivenPlace = z.strictObject({ id: z.string() })
export type GivenPlace = z.infer<typeof GivenPlace>

/** What ends each of these requests that is not carried out. */
export const GivenRefusal = z.strictObject({ problem: Problem })
export type GivenRefusal = z.infer<typeof GivenRefusal>

/** The answer to `import`: the entry of the set that is being taken. */
export const GivenImport = z.strictObject({ dataset: DatasetEntry })
export type GivenImport = z.infer<typeof GivenImport>
