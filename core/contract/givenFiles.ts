import { z } from 'zod'
import { DatasetEntry } from '../data/dataset.ts'
import { Problem } from '../words/problems.ts'

/**
 * How a page in a browser uploads files. Each address begins with `givenFilesPath`: `POST /` begins an upload and
 * answers `GivenPlace`, `PUT /<id>/<path>` writes a file, `GET /<id>` tells where they are as a
 * whole (`GivenWhole`), `POST /<id>/import` imports the files as a data set, and `DELETE /<id>` discards them. The query
 * of an import has `dataset`, and where they are given `name` and `wishes` (JSON).
 */
export const GivenPlace = z.strictObject({ id: z.string() })
export type GivenPlace = z.infer<typeof GivenPlace>

/** The path of all files together, which a reading of them can be planned from. */
export const GivenWhole = z.strictObject({ path: z.string() })
export type GivenWhole = z.infer<typeof GivenWhole>

/** The body of the answer to a request that was refused. */
export const GivenRefusal = z.strictObject({ problem: Problem })
export type GivenRefusal = z.infer<typeof GivenRefusal>

/** The answer to `import`: the entry of the data set that is being imported. */
export const GivenImport = z.strictObject({ dataset: DatasetEntry })
export type GivenImport = z.infer<typeof GivenImport>
