export { givenPath } from '../../setup/folders.mjs'
