/** Kernels of three by three to begin with, row by row. */
export const lessonKernels = {
  'edges-across': [-1, 0, 1, -2, 0, 2, -1, 0, 1],
  'edges-down': [-1, -2, -1, 0, 0, 0, 1, 2, 1],
  outline: [-1, -1, -1, -1, 8, -1, -1, -1, -1],
  blur: Array<number>(9).fill(1 / 9),
  sharpen: [0, -1, 0, -1, 5, -1, 0, -1, 0],
  same: [0, 0, 0, 0, 1, 0, 0, 0, 0],
} as const satisfies Record<string, readonly number[]>

export type LessonKernel = keyof typeof lessonKernels
