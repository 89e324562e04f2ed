import { availableParallelism } from 'node:os'

/** What TensorFlow and the rest of the engine read from the environment: names with their values. */
export type Environment = Readonly<Record<string, string | undefined>>

/**
 * The environment of a process that loads TensorFlow: what it inherits, and what the library reads once, when it is
 * loaded and its first session opened. It is given to the process when that is started. What a process sets in its own
 * environment does not reach the library on Windows, where the library has a C runtime of its own.
 * @param threads Number of threads to compute one operation on; null for as many as the computer has.
 */
export function tensorflowEnvironment(
  inherited: Environment,
  threads: number | null,
): Record<string, string | undefined> {
  return {
    // Anyone who sets the log level wants to see the log.
    TF_CPP_MIN_LOG_LEVEL: '2',
    ...inherited,
    // One operation at a time, each on all threads. This is fastest for these networks, and it fixes the order of
    // operations.
    TF_NUM_INTEROP_THREADS: '1',
    TF_NUM_INTRAOP_THREADS: String(threads ?? availableParallelism()),
    // By default, TensorFlow uses oneDNN's operations only on processors with AVX-512 VNNI or the like. With AVX2, too,
    // they are much faster than its other operations.
    TF_ENABLE_ONEDNN_OPTS: '1',
  }
}

/** The number of threads on which TensorFlow computes in a process with this environment. */
export function threadsIn(environment: Environment): number {
  const given = Number(environment['TF_NUM_INTRAOP_THREADS'] ?? NaN)
  return Number.isSafeInteger(given) && given > 0 ? given : availableParallelism()
}
