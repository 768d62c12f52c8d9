/** One time axis for everything: pixels of an instant. */
export interface Frame {
  left: number
  right: number
  startMs: number
  endMs: number
  x(ms: number): number
}

/** Colours and type of the product's pages, self-contained, for light and dark. */
export const STYLE = `
.zaryad-plan{--paper:#fff;--ink:#16201b;--soft:#56635c;--line:#dfe4dd;--well:#e8ece6;--go:#12814b;--go-soft:#cfe8d8;--act:#b3261e;--trip:#c3ccc5;--sun:#d9a400;--blue:#2c6fbb;font-family:"Sofia Sans Variable","Sofia Sans",system-ui,"Segoe UI",Roboto,"DejaVu Sans",sans-serif;font-variant-numeric:tabular-nums}
@media (prefers-color-scheme:dark){.zaryad-plan{--paper:#171f1b;--ink:#e8eee9;--soft:#9fb0a6;--line:#2a352f;--well:#243029;--go:#41c982;--go-soft:#1d4a33;--act:#ff8a80;--trip:#415047;--sun:#f2cf4a;--blue:#7db4ef}}
.paper{fill:var(--paper)}text{fill:var(--soft);font-size:12.5px}.head{fill:var(--ink);font-size:23px;font-weight:700}.sub{font-size:15px}.note{font-size:12.5px}
.name{fill:var(--ink);font-weight:600;font-size:13px}.hour{font-size:12px}.day{fill:var(--ink);font-weight:700;font-size:12.5px}.soc{fill:var(--ink);font-size:11px;font-weight:600}.bad{fill:var(--act);font-weight:700}
.grid{stroke:var(--line);stroke-width:1}.midnight{stroke:var(--soft);stroke-width:1;opacity:.55}.trip{fill:var(--trip)}.stay{fill:var(--well)}.go{fill:var(--go)}.short{fill:var(--act)}
.import{fill:var(--go-soft)}.base{fill:var(--trip)}.importline{fill:none;stroke:var(--go);stroke-width:2}.atwill{fill:none;stroke:var(--soft);stroke-width:1.6;stroke-dasharray:5 4}.limit{fill:none;stroke:var(--act);stroke-width:2}.limittext{fill:var(--act);font-weight:600}.peak{fill:var(--go);font-weight:700;paint-order:stroke;stroke:var(--paper);stroke-width:4px;stroke-linejoin:round}
.price{fill:var(--sun)}.negative{fill:var(--blue)}
`

/** One SVG element; `title` is what a pointer held over it shows. */
export function tag(
  name: string,
  attributes: Readonly<Record<string, string | number>>,
  text = '',
  title = '',
): string {
  const written = Object.entries(attributes)
    .map(([key, value]) => ` ${key}="${escaped(String(value))}"`)
    .join('')
  const inside = `${title === '' ? '' : `<title>${escaped(title)}</title>`}${escaped(text)}`
  return inside === '' ? `<${name}${written}/>` : `<${name}${written}>${inside}</${name}>`
}

/** Text that is safe in XML. Control characters, which XML cannot hold, are left out. */
export function escaped(text: string): string {
  return Array.from(text)
    .filter((character) => character >= ' ' || character === '\n' || character === '\t')
    .join('')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}

/** The corners of a staircase: each value holds until the next begins. */
export function stepPoints(
  series: readonly number[],
  x: (slot: number) => number,
  y: (value: number) => number,
): [number, number][] {
  return series.flatMap((value, t): [number, number][] => [
    [x(t), y(value)],
    [x(t + 1), y(value)],
  ])
}

/** A path through points; those on a straight line with their neighbours are left out. */
export function polyline(points: readonly (readonly [number, number])[]): string {
  return points
    .filter(([, y], i) => {
      const before = points[i - 1]
      const after = points[i + 1]
      return before === undefined || after === undefined || before[1] !== y || after[1] !== y
    })
    .map(([x, y], i) => `${i === 0 ? 'M' : 'L'}${x.toFixed(1)} ${y.toFixed(1)}`)
    .join('')
}
