/** Symbols whose LaTeX is a command or cannot stand alone, as Unicode has them. Where it has no form of its own for a variant, the nearest. */
const texts: Readonly<Record<string, string>> = {
  // Greek
  '\\alpha': 'α', '\\beta': 'β', '\\gamma': 'γ', '\\Gamma': 'Γ', '\\delta': 'δ', '\\Delta': 'Δ', '\\epsilon': 'ϵ', '\\varepsilon': 'ε', '\\zeta': 'ζ', '\\eta': 'η', '\\theta': 'θ',
  '\\Theta': 'Θ', '\\vartheta': 'ϑ', '\\iota': 'ι', '\\kappa': 'κ', '\\varkappa': 'ϰ', '\\lambda': 'λ', '\\Lambda': 'Λ', '\\mu': 'μ', '\\nu': 'ν', '\\xi': 'ξ', '\\Xi': 'Ξ', '\\pi': 'π',
  '\\Pi': 'Π', '\\varpi': 'ϖ', '\\rho': 'ρ', '\\varrho': 'ϱ', '\\sigma': 'σ', '\\Sigma': 'Σ', '\\tau': 'τ', '\\phi': 'ϕ', '\\varphi': 'φ', '\\Phi': 'Φ', '\\chi': 'χ', '\\psi': 'ψ',
  '\\Psi': 'Ψ', '\\omega': 'ω', '\\Omega': 'Ω',
  // Letters of other alphabets and in other scripts
  '\\aleph': 'ℵ', '\\ell': 'ℓ', '\\hbar': 'ℏ', '\\wp': '℘', '\\Im': 'ℑ', '\\Re': 'ℜ', '\\ss': 'ß', '\\aa': 'å', '\\AA': 'Å', '\\ae': 'æ', '\\AE': 'Æ', '\\o': 'ø', '\\O': 'Ø', '\\L': 'Ł',
  '\\mathbb{1}': '𝟙', '\\mathbb{H}': 'ℍ', '\\mathbb{N}': 'ℕ', '\\mathbb{Q}': 'ℚ', '\\mathbb{R}': 'ℝ', '\\mathbb{Z}': 'ℤ',
  '\\mathds{1}': '𝟙', '\\mathds{C}': 'ℂ', '\\mathds{E}': '𝔼', '\\mathds{N}': 'ℕ', '\\mathds{P}': 'ℙ', '\\mathds{Q}': 'ℚ', '\\mathds{R}': 'ℝ', '\\mathds{Z}': 'ℤ',
  '\\mathcal{A}': '𝒜', '\\mathcal{B}': 'ℬ', '\\mathcal{C}': '𝒞', '\\mathcal{D}': '𝒟', '\\mathcal{E}': 'ℰ', '\\mathcal{F}': 'ℱ', '\\mathcal{G}': '𝒢', '\\mathcal{H}': 'ℋ',
  '\\mathcal{L}': 'ℒ', '\\mathcal{M}': 'ℳ', '\\mathcal{N}': '𝒩', '\\mathcal{O}': '𝒪', '\\mathcal{P}': '𝒫', '\\mathcal{R}': 'ℛ', '\\mathcal{S}': '𝒮', '\\mathcal{T}': '𝒯',
  '\\mathcal{U}': '𝒰', '\\mathcal{X}': '𝒳', '\\mathcal{Z}': '𝒵',
  '\\mathscr{A}': '𝒜', '\\mathscr{C}': '𝒞', '\\mathscr{D}': '𝒟', '\\mathscr{E}': 'ℰ', '\\mathscr{F}': 'ℱ', '\\mathscr{H}': 'ℋ', '\\mathscr{L}': 'ℒ', '\\mathscr{P}': '𝒫', '\\mathscr{S}': '𝒮',
  '\\mathfrak{A}': '𝔄', '\\mathfrak{M}': '𝔐', '\\mathfrak{S}': '𝔖', '\\mathfrak{X}': '𝔛',
  // Operators
  '\\sum': '∑', '\\prod': '∏', '\\coprod': '∐', '\\int': '∫', '\\oint': '∮', '\\oiint': '∯', '\\varoiint': '∯', '\\fint': '⨍', '\\partial': '∂', '\\nabla': '∇', '\\sqrt{}': '√',
  '\\cdot': '⋅', '\\times': '×', '\\div': '÷', '\\pm': '±', '\\mp': '∓', '\\ast': '∗', '\\star': '⋆', '\\circ': '∘', '\\bullet': '∙', '\\diamond': '⋄', '\\setminus': '∖', '\\wr': '≀',
  '\\amalg': '⨿', '\\cup': '∪', '\\cap': '∩', '\\uplus': '⊎', '\\sqcap': '⊓', '\\sqcup': '⊔', '\\vee': '∨', '\\wedge': '∧', '\\barwedge': '⊼', '\\neg': '¬', '\\oplus': '⊕', '\\ominus': '⊖',
  '\\otimes': '⊗', '\\odot': '⊙', '\\circledcirc': '⊚', '\\circledast': '⊛', '\\boxdot': '⊡', '\\boxplus': '⊞', '\\boxtimes': '⊠', '\\ltimes': '⋉', '\\rtimes': '⋊', '\\lhd': '⊲',
  '\\triangleleft': '◁', '\\triangleright': '▷', '\\parr': '⅋', '\\with': '&',
  // Relations
  '\\leq': '≤', '\\geq': '≥', '\\leqslant': '⩽', '\\geqslant': '⩾', '\\lesssim': '≲', '\\gtrsim': '≳', '\\gtrless': '≷', '\\neq': '≠', '\\equiv': '≡', '\\not\\equiv': '≢', '\\triangleq': '≜',
  '\\doteq': '≐', '\\approx': '≈', '\\cong': '≅', '\\sim': '∼', '\\backsim': '∽', '\\simeq': '≃', '\\asymp': '≍', '\\propto': '∝', '\\varpropto': '∝', '\\subset': '⊂', '\\supset': '⊃',
  '\\subseteq': '⊆', '\\supseteq': '⊇', '\\nsubseteq': '⊈', '\\subsetneq': '⊊', '\\varsubsetneq': '⊊\uFE00', '\\sqsubseteq': '⊑', '\\in': '∈', '\\notin': '∉', '\\ni': '∋', '\\prec': '≺',
  '\\succ': '≻', '\\preceq': '⪯', '\\succeq': '⪰', '\\preccurlyeq': '≼', '\\trianglelefteq': '⊴', '\\perp': '⟂', '\\parallel': '∥', '\\mid': '∣', '\\nmid': '∤', '\\vdash': '⊢', '\\dashv': '⊣',
  '\\Vdash': '⊩', '\\vDash': '⊨', '\\nvDash': '⊭', '\\models': '⊧', '\\frown': '⌢', '\\bowtie': '⋈', '\\Bowtie': '⋈', '\\multimap': '⊸', '\\pitchfork': '⋔', '\\between': '≬',
  '\\therefore': '∴', '\\because': '∵',
  // Arrows
  '\\rightarrow': '→', '\\leftarrow': '←', '\\uparrow': '↑', '\\downarrow': '↓', '\\leftrightarrow': '↔', '\\Rightarrow': '⇒', '\\Leftarrow': '⇐', '\\Downarrow': '⇓', '\\Leftrightarrow': '⇔',
  '\\longrightarrow': '⟶', '\\Longrightarrow': '⟹', '\\Longleftrightarrow': '⟺', '\\mapsto': '↦', '\\longmapsto': '⟼', '\\mapsfrom': '↤', '\\hookrightarrow': '↪', '\\nearrow': '↗',
  '\\searrow': '↘', '\\rightharpoonup': '⇀', '\\rightleftharpoons': '⇌', '\\rightleftarrows': '⇄', '\\rightrightarrows': '⇉', '\\leadsto': '⇝', '\\rightsquigarrow': '⇝',
  '\\curvearrowright': '↷', '\\circlearrowleft': '↺', '\\circlearrowright': '↻', '\\twoheadrightarrow': '↠', '\\nRightarrow': '⇏', '\\nrightarrow': '↛', '\\upharpoonright': '↾',
  '\\shortrightarrow': '→', '\\lightning': '↯',
  // Logic and sets
  '\\forall': '∀', '\\exists': '∃', '\\nexists': '∄', '\\top': '⊤', '\\bot': '⊥', '\\emptyset': '∅', '\\varnothing': '∅', '\\infty': '∞',
  // Brackets, dots and punctuation
  '\\{': '{', '\\}': '}', '\\langle': '⟨', '\\rangle': '⟩', '\\lceil': '⌈', '\\rceil': '⌉', '\\lfloor': '⌊', '\\rfloor': '⌋', '\\llbracket': '⟦', '\\rrbracket': '⟧', '\\|': '‖', '\\backslash': '\\',
  '\\dots': '…', '\\dotsc': '…', '\\vdots': '⋮', '\\ddots': '⋱', '\\iddots': '⋰', '\\prime': '′', '\\guillemotleft': '«', '\\$': '$', '\\&': '&', '\\#': '#', '\\%': '%', '\\S': '§',
  '\\mathsection': '§', '\\dag': '†', '\\pounds': '£', '\\copyright': '©', '\\circledR': '®', '\\checkmark': '✓', '\\checked': '✓',
  // Shapes and signs
  '\\angle': '∠', '\\sphericalangle': '∢', '\\triangle': '△', '\\vartriangle': '▵', '\\triangledown': '▽', '\\blacktriangleright': '▸', '\\square': '□', '\\blacksquare': '■', '\\lozenge': '◊',
  '\\diamondsuit': '♢', '\\heartsuit': '♡', '\\clubsuit': '♣', '\\sharp': '♯', '\\flat': '♭', '\\celsius': '℃', '\\degree': '°', '\\ohm': 'Ω', '\\diameter': '⌀', '\\female': '♀', '\\venus': '♀',
  '\\male': '♂', '\\mars': '♂', '\\sun': '☼', '\\astrosun': '☉', '\\fullmoon': '○', '\\leftmoon': '☾',
}

/** A symbol of LaTeX as text that a font can show: `\alpha` is α, and what needs no command, like `A` or `+`, itself. Another command stays as it is. */
export function symbolText(latex: string): string {
  return Object.hasOwn(texts, latex) ? texts[latex] : latex
}
