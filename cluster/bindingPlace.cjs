// Takes the place of node-pre-gyp in the bundle of tfjs-node: the binding lies beside it.
const path = require('node:path')

exports.find = () => path.join(__dirname, 'tfjs_binding.node')
