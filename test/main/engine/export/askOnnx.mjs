// Asks ONNX files with ONNX Runtime for Node. askOnnx.mjs PACKAGES FOLDER
import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'

const [packages, folder] = process.argv.slice(2)
const { InferenceSession, Tensor } = createRequire(path.join(packages, 'package.json'))('onnxruntime-node')

/** @type {Record<string, number[][]>} */
const answers = {}
for (const name of readdirSync(folder)) {
  const place = path.join(folder, name)
  const shape = JSON.parse(readFileSync(path.join(place, 'shape.json'), 'utf8'))
  const images = Uint8Array.from(readFileSync(path.join(place, 'images.bin')))
  const session = await InferenceSession.create(path.join(place, 'model.onnx'))
  const [{ name: wanted, type }] = session.inputMetadata
  const given = type === 'uint8' ? images : Float32Array.from(images)
  const { probabilities } = await session.run({ [wanted]: new Tensor(type, given, shape) })
  const [count, classes] = probabilities.dims
  answers[name] = Array.from({ length: count }, (_, image) => [
    ...probabilities.data.subarray(image * classes, (image + 1) * classes),
  ])
}
process.stdout.write(JSON.stringify(answers))
