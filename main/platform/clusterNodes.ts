/** The system of this computer, and whether programs for it run on the nodes of a cluster, which are Linux x86-64. */
export const systemHere = `${process.platform} ${process.arch}`
export const runsOnNodes = process.platform === 'linux' && process.arch === 'x64'
