/**
 * Files and folders that systems, storage devices and programs put among a person's files, in lower case. Thumbnails
 * and deleted files among them are pictures that must not become images of a set.
 */
const litter = new Set([
  // macOS
  '__macosx',
  'icon\r',
  'network trash folder',
  'temporary items',
  // Windows
  'thumbs.db',
  'thumbs.db:encryptable',
  'ehthumbs.db',
  'ehthumbs_vista.db',
  'desktop.ini',
  '$recycle.bin',
  'recycler',
  'system volume information',
  // Linux
  'lost+found',
  // Storage devices of Synology and QNAP
  '@eadir',
  '@tmp',
  '@sharebin',
  '@recycle',
  '@recently-snapshot',
  '#recycle',
  '#snapshot',
  // Cameras and programs
  'zbthumbnail.info',
  'picasa.ini',
  '__pycache__',
])

/**
 * Whether a file or folder of this name is litter: it is hidden (`.DS_Store`, `._cat.jpg`, `.git`, `.thumbnails`,
 * `.ipynb_checkpoints`, `.Trash-1000`, `.@__thumb`), or a system or a program added it.
 */
export function isLitter(name: string): boolean {
  return name.startsWith('.') || litter.has(name.toLowerCase())
}
