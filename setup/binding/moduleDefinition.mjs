// Module definitions, from which the linker learns which library of Windows has which names.

/**
 * The names in a module definition, such as those of node-api-headers.
 * @param {string} text
 */
export function namesInDefinition(text) {
  const lines = text.split(/\r?\n/).map((line) => line.trim())
  const exports = lines.findIndex((line) => line.toUpperCase() === 'EXPORTS')
  return lines.slice(exports + 1).filter((line) => line !== '' && !line.startsWith(';'))
}

/**
 * A module definition.
 * @param {string} library  the file that has the names
 * @param {readonly string[]} names
 */
export function moduleDefinition(library, names) {
  return [`LIBRARY ${library}`, 'EXPORTS', ...names, ''].join('\n')
}
