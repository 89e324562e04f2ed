/**
 * The file of a worker thread of the engine: beside this one in development, beside the bundle that this one is part of
 * otherwise.
 */
export function workerFile(name: 'checkpointScribe' | 'imageReader'): URL {
  return new URL(import.meta.url.endsWith('.ts') ? `./${name}.ts` : `./${name}.js`, import.meta.url)
}
