import { describe, expect, it } from 'vitest'
import { pictureSvg } from '../../../core/pictures/pictureSvg.ts'

const plain = { png: 'AAAA', width: 100, height: 50, title: null, colours: null }

describe('a picture as SVG', () => {
  it('keeps the extents of the picture alone', () => {
    expect(pictureSvg(plain)).toContain('viewBox="0 0 100 50"')
    expect(pictureSvg(plain)).toContain('data:image/png;base64,AAAA')
  })

  it('has room for title and scale, and writes nothing of a title as markup', () => {
    const scale = { low: -0.0812, high: 0.0812 }
    const svg = pictureSvg({ ...plain, title: '<b>"A" & B</b>', colours: { map: 'seismic', scale } })
    expect(svg).not.toContain('<b>')
    expect(svg).toContain('&#60;b&#62;&#34;A&#34; &#38; B&#60;/b&#62;')
    expect(svg).toContain('−0.0812')
    expect(svg).toContain('>0<')
    expect(svg).toContain('viewBox="0 0 100 112"')
  })
})
