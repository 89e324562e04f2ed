import { createHash } from 'node:crypto'
import type { Markup } from './html.ts'

/** The look of the class page: large enough for a projector, with the window's colours (`renderer/ui/tokens.css`). */
const style = `
:root {
  color-scheme: light dark;
  --background: light-dark(#f6f7f9, #12151a);
  --panel: light-dark(#ffffff, #1a1e25);
  --line: light-dark(#e3e6eb, #2b313b);
  --edge: light-dark(#858e9c, #6a7587);
  --text: light-dark(#1a1f27, #e8ebf0);
  --text-soft: light-dark(#5b6573, #98a3b3);
  --accent: light-dark(#2f5fd0, #7ea6ff);
  --on-accent: light-dark(#ffffff, #12151a);
  --danger-text: light-dark(#a32a20, #ff9c93);
}
* { box-sizing: border-box; }
body {
  margin: 0;
  background: var(--background);
  color: var(--text);
  font: 18px/1.5 system-ui, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif;
}
header, main { max-width: 1080px; margin: 0 auto; padding: 16px 24px; }
header { display: flex; justify-content: space-between; align-items: center; gap: 16px; padding-bottom: 0; }
h1 { margin: 0; font-size: 26px; line-height: 1.25; }
h2 { margin: 0 0 4px; font-size: 21px; }
p { margin: 4px 0 8px; }
.soft { color: var(--text-soft); }
nav { display: flex; gap: 12px; }
a { color: var(--accent); }
a[aria-current] { color: var(--text); font-weight: 600; text-decoration: none; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
section { margin-bottom: 16px; padding: 16px 20px; border: 1px solid var(--line); border-radius: 12px; background: var(--panel); }
.board { display: flex; flex-wrap: wrap; gap: 4px 40px; margin: 0 0 16px; }
.board dt { color: var(--text-soft); font-size: 16px; }
.board dd { margin: 0; font: 600 28px/1.3 ui-monospace, 'Cascadia Mono', 'DejaVu Sans Mono', monospace; overflow-wrap: anywhere; }
.button, button {
  display: inline-block;
  padding: 8px 20px;
  border: 0;
  border-radius: 8px;
  background: var(--accent);
  color: var(--on-accent);
  font: inherit;
  font-weight: 600;
  text-decoration: none;
  cursor: pointer;
}
table { width: 100%; border-collapse: collapse; }
caption { padding: 8px 0 0; text-align: left; color: var(--text-soft); font-size: 16px; }
th, td { padding: 5px 16px 5px 0; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; overflow-wrap: anywhere; }
th { color: var(--text-soft); font-size: 16px; font-weight: 500; }
td.number, th.number { text-align: right; white-space: nowrap; }
tr:last-child td { border-bottom: 0; }
code { font-family: ui-monospace, 'Cascadia Mono', 'DejaVu Sans Mono', monospace; overflow-wrap: anywhere; }
.sum { font-size: 14px; color: var(--text-soft); }
label { display: block; margin-bottom: 4px; }
input[name='code'] {
  width: 8em;
  margin-right: 12px;
  padding: 6px 12px;
  border: 1px solid var(--edge);
  border-radius: 8px;
  background: var(--background);
  color: var(--text);
  font: 600 28px/1.3 ui-monospace, 'Cascadia Mono', 'DejaVu Sans Mono', monospace;
  letter-spacing: 0.12em;
  text-transform: uppercase;
}
.wrong { color: var(--danger-text); font-weight: 600; }
@media (max-width: 640px) { body { font-size: 16px; } .sum { display: block; } }
`

/** The style of a page. Nothing may stand beside it in its element, because the policy knows it by its hash. */
export const styleElement: Markup = { markup: `<style>${style}</style>` }

/** A page loads nothing: it has this style, and a form that leads to where it came from. */
export const pagePolicy = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`,
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ')
