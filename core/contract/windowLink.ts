/** How a page and the preload script meet: the page posts this when it is ready for its port. */
export const askForPort = 'conv-lab:ask'

/** The message that brings the port from the preload script to the page, and its other end to the main process. */
export const portMessage = 'conv-lab:port'

/**
 * The global function of the page that gives the path of a dropped or chosen file. The preload script provides it; a
 * page in a browser has none.
 */
export const placeOfFile = 'convLabPlaceOfFile'

/** Where a page in a browser uploads dropped or chosen files, because it cannot know their paths. */
export const givenFilesPath = '/given'
