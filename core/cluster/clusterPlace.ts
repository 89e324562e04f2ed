import { z } from 'zod'

/** An absolute path on the nodes, which run Linux. */
const NodePath = z.string().regex(/^\/[^\0]*$/)

/** Processors that one run may take, which is also the number of threads that it computes on. */
export const runProcessors = { min: 1, max: 256 } as const

/** A Ray cluster, and how a sweep trains on it. */
export const ClusterPlace = z.strictObject({
  /** Address of Ray's dashboard: http or https. */
  address: z.url({ protocol: /^https?$/ }),
  /** A file on this computer with the token that the cluster asks for; null where it asks for none. */
  tokenFile: z.string().min(1).nullable(),
  /** Processors and threads of each run. */
  processors: z.int().min(runProcessors.min).max(runProcessors.max),
  /** Where all nodes have an unpacked Conv Lab; null: Node and TensorFlow come from their package index. */
  nodesHave: NodePath.nullable(),
  /** Where all nodes see a copy of this home's folder of data sets; null: the images are sent. */
  dataFolder: NodePath.nullable(),
})
export type ClusterPlace = z.infer<typeof ClusterPlace>

/** Where a cluster answers. */
export const ClusterAddress = ClusterPlace.pick({ address: true, tokenFile: true })
export type ClusterAddress = z.infer<typeof ClusterAddress>
