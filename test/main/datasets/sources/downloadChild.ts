// A process of its own that downloads: node downloadChild.ts URL FILE MD5. It tells each byte count on standard output,
// and is killed by the test.
import { writeSync } from 'node:fs'
import { downloadFile } from '../../../../main/datasets/sources/downloadFile.ts'

const [url, file, md5] = process.argv.slice(2)
await downloadFile(
  { url, file, md5 },
  { signal: new AbortController().signal, answerMs: 10_000, silenceMs: 10_000 },
  (done) => writeSync(1, `${done}\n`),
)
