/** What a processor does at once, behind its name. Earlier versions of Conv Lab did not write it. */
const behind = / \((?:AVX-512|AVX)\)$/

/**
 * A processor as an engine's identity names it: the name that the system gives it, and its widest instructions, where they
 * are known. One name may stand for several: a cloud's `AMD EPYC` has AVX-512 on some computers only, and TensorFlow
 * adds in another order there.
 */
export function processorName(name: string, { avx, avx512 }: { avx: boolean | null; avx512: boolean | null }): string {
  if (avx !== true || avx512 === null) return name
  return `${name} (${avx512 ? 'AVX-512' : 'AVX'})`
}

/** Whether two processors are the same as far as is known. A name without instructions may be with any. */
export function sameProcessor(one: string, other: string): boolean {
  if (behind.test(one) && behind.test(other)) return one === other
  return one.replace(behind, '') === other.replace(behind, '')
}
