/** The hint about the run in view that is shown unasked. */
export const unaskedHintId = 'unasked-hint'
