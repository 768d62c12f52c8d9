/** Black or white, whichever reads better on a colour of six hexadecimal digits: at least 4.5:1 on any. */
export function inkOn(color: string): 'black' | 'white' {
  const [red = 0, green = 0, blue = 0] = [0, 2, 4].map((at) => {
    const value = Number.parseInt(color.slice(at, at + 2), 16) / 255
    return value <= 0.040_45 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  })
  // WCAG 2: white on it is better below this luminance, black above.
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.179 ? 'black' : 'white'
}
