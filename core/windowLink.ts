/** How a page and the preload script meet: the page posts this when it is ready for its port. */
export const askForPort = 'conv-lab:ask'

/** With this message the port goes from the preload script to the page, and its other end to the main process. */
export const portMessage = 'conv-lab:port'

/**
 * The function of the page's global object by which the preload script says where a file lies that was dropped or
 * chosen; a page in a browser has none.
 */
export const placeOfFile = 'convLabPlaceOfFile'

/** Where a page in a browser sends files that were dropped or chosen, because it cannot say where they lie. */
export const givenFilesPath = '/given'
