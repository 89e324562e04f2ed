// What the engine takes of tfjs-node, bundled into one file for the nodes of a cluster. By getters, because the engine
// takes the protocol buffers when it starts, and the rest, which loads TensorFlow, only later.
Object.defineProperties(exports, {
  index: { get: () => require('@tensorflow/tfjs-node/dist/index.js') },
  backend: { get: () => require('@tensorflow/tfjs-node/dist/nodejs_kernel_backend.js') },
  protocol: { get: () => require('@tensorflow/tfjs-node/dist/proto/api_pb.js') },
})
