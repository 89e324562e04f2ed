import { createHash } from 'node:crypto'
import { z } from 'zod'
import { Sha256 } from '../../../core/data/dataset.ts'
import { imagesOf, packPass, unpackPass, type NamedPass } from '../../../core/errors/testPass.ts'

/** The first line of a file. The packed pass follows. */
const Header = z.strictObject({
  format: z.literal('conv-lab-test-pass-1'),
  /** sha256 of the checkpoint's file. */
  checkpoint: Sha256,
  /** English names. */
  classes: z.array(z.string()).min(2).max(65_535),
  images: z.int().min(1),
  /** Of the packed pass. */
  sha256: Sha256,
})

function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

/** The file of a pass, in two pieces. */
export function passFile(checkpoint: string, { names, pass }: NamedPass): Uint8Array[] {
  const packed = packPass(pass)
  const header: z.infer<typeof Header> = {
    format: 'conv-lab-test-pass-1',
    checkpoint,
    classes: [...names],
    images: imagesOf(pass),
    sha256: sha256Of(packed),
  }
  return [Buffer.from(`${JSON.stringify(header)}\n`), packed]
}

function headerIn(bytes: Buffer): z.infer<typeof Header> | null {
  try {
    return Header.parse(JSON.parse(bytes.toString('utf8')))
  } catch {
    return null
  }
}

/** The pass in a file, or null when the file is damaged or of another checkpoint. */
export function passInFile(checkpoint: string, file: Buffer): NamedPass | null {
  const end = file.indexOf('\n')
  const header = headerIn(file.subarray(0, Math.max(0, end)))
  const packed = file.subarray(end + 1)
  if (header === null || header.checkpoint !== checkpoint || sha256Of(packed) !== header.sha256) return null
  const pass = unpackPass(packed, header.classes.length)
  return pass !== null && imagesOf(pass) === header.images ? { names: header.classes, pass } : null
}
