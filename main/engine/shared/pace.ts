import type { PassProgress } from '../../../core/inspect/passProgress.ts'

/** Tells how far something is that has just begun. @param total Images or steps. */
export function paceOf(total: number): (done: number) => PassProgress {
  const begin = performance.now()
  return (done) => {
    const seconds = (performance.now() - begin) / 1000
    return { kind: 'progress', done, total, perSecond: seconds > 0 ? done / seconds : 0 }
  }
}
