/**
 * What is drawn for the LaTeX names of symbols that are not that symbol already: pairs of a name and its character in Unicode. Commands of wasysym, stmaryrd, mathabx and dsfont
 * are taken for the character that they draw; where two of them draw one symbol in two shapes (`\mathcal`, `\mathscr`), both have the one character that Unicode has.
 */
const table = String.raw`
  \rightarrow →   \pi π   \alpha α   \beta β   \sum ∑   \sigma σ   \Sigma Σ   \gamma γ   \Gamma Γ   \delta δ   \Delta Δ   \zeta ζ   \eta η
  \theta θ   \Theta Θ   \epsilon ϵ   \varepsilon ε   \iota ι   \kappa κ   \varkappa ϰ   \lambda λ   \Lambda Λ   \mu μ   \nu ν   \xi ξ   \Xi Ξ
  \Pi Π   \rho ρ   \varrho ϱ   \tau τ   \phi ϕ   \Phi Φ   \varphi φ   \chi χ   \psi ψ   \Psi Ψ   \omega ω   \Omega Ω   \partial ∂   \int ∫
  \cdot ⋅   \leq ≤   \geq ≥   \subset ⊂   \supset ⊃   \subseteq ⊆   \supseteq ⊇   \cong ≅   \propto ∝   - −   \mathbb{R} ℝ   \$ $   \{ {
  \copyright ©   \dots …   \} }   \S §   \dag †   \pounds £   \& &   \# #   \% %   \checkmark ✓   \circledR ®   \mathsection §   \amalg ⨿   \cup ∪
  \oplus ⊕   \times ×   \ast ∗   \triangleleft ◃   \otimes ⊗   \triangleright ▹   \diamond ⋄   \pm ±   \div ÷   \bullet •   \setminus ∖   \uplus ⊎
  \cap ∩   \mp ∓   \sqcap ⊓   \vee ∨   \odot ⊙   \sqcup ⊔   \wedge ∧   \circ ∘   \ominus ⊖   \star ⋆   \wr ≀   \barwedge ⊼   \circledcirc ⊚
  \boxdot ⊡   \ltimes ⋉   \boxplus ⊞   \boxtimes ⊠   \rtimes ⋊   \circledast ⊛   \lhd ◁   \prod ∏   \coprod ∐   \oint ∮   \parr ⅋   \with &
  \fint ⨏   \varoiint ∯   \oiint ∯   \approx ≈   \equiv ≡   \not\equiv ≢   \perp ⊥   \asymp ≍   \frown ⌢   \prec ≺   \succ ≻   \bowtie ⋈
  \preceq ⪯   \succeq ⪰   \mid ∣   \vdash ⊢   \dashv ⊣   \models ⊧   \sim ∼   \doteq ≐   \parallel ∥   \simeq ≃   \backsim ∽   \multimap ⊸
  \pitchfork ⋔   \therefore ∴   \because ∵   \between ≬   \preccurlyeq ≼   \varpropto ∝   \Vdash ⊩   \vDash ⊨   \nmid ∤   \nvDash ⊭   \sqsubseteq ⊑
  \nsubseteq ⊈   \subsetneq ⊊   \varsubsetneq ⊊   \neq ≠   \geqslant ⩾   \gtrless ≷   \lesssim ≲   \gtrsim ≳   \leqslant ⩽   \trianglelefteq ⊴
  \blacktriangleright ▶   \triangleq ≜   \Downarrow ⇓   \downarrow ↓   \Rightarrow ⇒   \hookrightarrow ↪   \Longleftrightarrow ⟺   \searrow ↘
  \longmapsto ⟼   \leftarrow ←   \Longrightarrow ⟹   \uparrow ↑   \Leftarrow ⇐   \longrightarrow ⟶   \Leftrightarrow ⇔   \mapsto ↦
  \leftrightarrow ↔   \nearrow ↗   \rightleftharpoons ⇌   \rightharpoonup ⇀   \leadsto ⤳   \circlearrowleft ↺   \rightleftarrows ⇄
  \circlearrowright ↻   \rightrightarrows ⇉   \rightsquigarrow ⇝   \curvearrowright ↷   \twoheadrightarrow ↠   \nRightarrow ⇏   \nrightarrow ↛
  \upharpoonright ↾   \mapsfrom ↤   \shortrightarrow →   \lightning ↯   \vartheta ϑ   \varpi ϖ   \bot ⊥   \forall ∀   \ni ∋   \top ⊤   \ell ℓ
  \hbar ℏ   \in ∈   \notin ∉   \wp ℘   \exists ∃   \Im ℑ   \Re ℜ   \nexists ∄   \langle ⟨   \rangle ⟩   \lceil ⌈   \rceil ⌉   \lfloor ⌊   \rfloor ⌋
  \| ‖   \llbracket ⟦   \rrbracket ⟧   \vdots ⋮   \ddots ⋱   \dotsc …   \aleph ℵ   \infty ∞   \prime ′   \angle ∠   \diamondsuit ♢   \sharp ♯
  \backslash \   \emptyset ∅   \nabla ∇   \flat ♭   \clubsuit ♣   \heartsuit ♡   \neg ¬   \triangle △   \sqrt{} √   \sphericalangle ∢   \square □
  \triangledown ▿   \blacksquare ■   \lozenge ◊   \varnothing ∅   \vartriangle ▵   \iddots ⋰   \mathcal{A} 𝒜   \mathcal{B} ℬ   \mathcal{C} 𝒞
  \mathcal{D} 𝒟   \mathcal{E} ℰ   \mathcal{F} ℱ   \mathcal{G} 𝒢   \mathcal{H} ℋ   \mathcal{L} ℒ   \mathcal{M} ℳ   \mathcal{N} 𝒩   \mathcal{O} 𝒪
  \mathcal{P} 𝒫   \mathcal{R} ℛ   \mathcal{S} 𝒮   \mathcal{T} 𝒯   \mathcal{U} 𝒰   \mathcal{X} 𝒳   \mathcal{Z} 𝒵   \mathfrak{A} 𝔄   \mathfrak{M} 𝔐
  \mathfrak{S} 𝔖   \mathfrak{X} 𝔛   \mathbb{1} 𝟙   \mathds{1} 𝟙   \mathds{C} ℂ   \mathds{E} 𝔼   \mathds{N} ℕ   \mathds{P} ℙ   \mathds{Q} ℚ
  \mathds{R} ℝ   \mathds{Z} ℤ   \mathscr{A} 𝒜   \mathscr{C} 𝒞   \mathscr{D} 𝒟   \mathscr{E} ℰ   \mathscr{F} ℱ   \mathscr{H} ℋ   \mathscr{L} ℒ
  \mathscr{P} 𝒫   \mathscr{S} 𝒮   \celsius °C   \degree °   \ohm Ω   \venus ♀   \mars ♂   \astrosun ☉   \fullmoon ○   \leftmoon ☾   \female ♀
  \male ♂   \checked ✓   \diameter ⌀   \sun ☼   \Bowtie ⋈   \mathbb{Q} ℚ   \mathbb{N} ℕ   \mathbb{Z} ℤ   \mathbb{H} ℍ   \ss ß   \aa å   \L Ł
  \AA Å   \O Ø   \o ø   \ae æ   \AE Æ   \guillemotleft «
`

const symbols: ReadonlyMap<string, string> = new Map(
  table
    .trim()
    .split(/\s{2,}/)
    .map((pair): [string, string] => {
      const [latex, symbol] = pair.split(' ')
      return [latex, symbol]
    }),
)

/** The symbol that a LaTeX name stands for: the name itself for a letter, digit or sign; null for what is not known. */
export function symbolOf(latex: string): string | null {
  return symbols.get(latex) ?? ([...latex].length === 1 ? latex : null)
}
