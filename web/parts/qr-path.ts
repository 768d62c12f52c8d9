import encode from 'qrcode-generator'

/** The light rim that readers need around a code, in modules (ISO/IEC 18004). */
const RIM = 4

/** How much of a code may be lost and it is still read: M 15 %, for screens; Q a quarter, for what hangs in a depot and gets dirty. */
export type QrLevel = 'M' | 'Q'

/** A text as a QR code: the outline of its dark modules, in a square of `size` modules, rim included. */
export function qrPath(text: string, level: QrLevel): { d: string; size: number } {
  const code = encode(0, level)
  code.addData(text, 'Byte')
  code.make()
  const count = code.getModuleCount()
  let d = ''
  for (let row = 0; row < count; row += 1) {
    for (let column = 0; column < count; column += 1) {
      if (!code.isDark(row, column)) continue
      let width = 1
      while (column + width < count && code.isDark(row, column + width)) width += 1
      d += `M${column + RIM} ${row + RIM}h${width}v1h-${width}z`
      column += width - 1
    }
  }
  return { d, size: count + 2 * RIM }
}
