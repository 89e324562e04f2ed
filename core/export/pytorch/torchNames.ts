/** Python's own words, and what a module of PyTorch 2 has already: no layer can be called so. */
const taken = new Set(
  (
    'and as assert async await break class continue def del elif else except finally for from global if import in is ' +
    'lambda match case nonlocal not or pass raise return try while with yield type self ' +
    'add_module apply bfloat16 buffers call_super_init children compile cpu cuda double dump_patches eval extra_repr ' +
    'float forward get_buffer get_extra_state get_parameter get_submodule half ipu load_state_dict modules mtia ' +
    'named_buffers named_children named_modules named_parameters parameters register_backward_hook register_buffer ' +
    'register_forward_hook register_forward_pre_hook register_full_backward_hook register_full_backward_pre_hook ' +
    'register_load_state_dict_post_hook register_load_state_dict_pre_hook register_module register_parameter ' +
    'register_state_dict_post_hook register_state_dict_pre_hook requires_grad_ set_extra_state set_submodule ' +
    'share_memory state_dict to to_empty train training xpu zero_grad ' +
    'images probabilities torch nn'
  ).split(' '),
)

/**
 * The name of a layer as an attribute and a variable of the Python class: the same, with an underscore behind it where
 * Python or PyTorch uses it for something else.
 * @param names The names of all layers, none of which the result may take.
 */
export function torchName(name: string, names: ReadonlySet<string>): string {
  if (!taken.has(name)) return name
  let free = `${name}_`
  while (names.has(free)) free += '_'
  return free
}
