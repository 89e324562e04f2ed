export { glibcVersion, isLowerVersion, lowestGlibc } from '../../setup/platform/glibc.mjs'
