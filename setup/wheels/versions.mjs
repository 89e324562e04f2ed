// The versions that set-up fetches. Each goes with the sums of its wheels in platform/.

export const tensorflowVersion = '2.21.0'

export const zigVersion = '0.17.1'

/** Of the wheel with Node, for systems for which npm carries none. */
export const nodeWheelVersion = '24.19.0'

/** Of Ray, for the test on a cluster alone. */
export const rayVersion = '2.60.0'

/** Of the Visual C++ runtime. */
export const runtimeVersion = '14.44.35112'
