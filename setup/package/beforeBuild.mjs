// A hook of electron-builder (electron-builder.yml).

/**
 * Tells electron-builder that all packages are there already.
 * @returns {boolean}
 */
export function beforeBuild() {
  return false
}
