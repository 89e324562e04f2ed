/** The element that explains what the buttons of the run in view do. */
export const explanationId = 'run-explanation'
