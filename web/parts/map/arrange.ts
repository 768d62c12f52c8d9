import type * as Leaflet from 'leaflet'
import { layOutLabels, type LabelWish } from './lay-out-labels.ts'
import type { MapLine, MapPoint } from './map-types.ts'

const FONT = "620 13px 'Sofia Sans Variable', 'Sofia Sans', sans-serif"
/** Heights and paddings of MapSign and of the lines' badges, in pixels. */
const TEXT_HEIGHT = 18
const PADDING = 10
const LINE_RANK = 50
/** The same name nearer than this is that of one stop's other side. */
const SAME_WITHIN_PX = 60
/** Along a line, the middle first. */
const PARTS = [0.5, 0.35, 0.65, 0.2, 0.8]

let context: CanvasRenderingContext2D | null = null

function textWidth(text: string): number {
  context ??= document.createElement('canvas').getContext('2d')
  if (context === null) return text.length * 8 + PADDING
  context.font = FONT
  return Math.ceil(context.measureText(text).width) + PADDING
}

export interface Arrangement {
  /** Which side each point's text stands on; who is not there has no room for it. */
  sides: Map<string, string>
  /** Where each line's badge stands. */
  badges: { line: MapLine; at: readonly [number, number] }[]
}

/** Finds room on the map as it is shown for the texts of points and the badges of lines. */
export function arrange(map: Leaflet.Map, points: readonly MapPoint[], lines: readonly MapLine[]): Arrangement {
  const size = map.getSize()
  const wishes: LabelWish[] = []
  const said = new Map<string, [x: number, y: number][]>()
  // The two sides of a street have the same name: once is enough.
  const isSaid = (text: string, x: number, y: number): boolean => {
    const before = said.get(text) ?? []
    said.set(text, [...before, [x, y]])
    return before.some(([otherX, otherY]) => Math.hypot(x - otherX, y - otherY) < SAME_WITHIN_PX)
  }
  const obstacles = []
  for (const point of points) {
    const { x, y } = map.latLngToContainerPoint([point.latitude, point.longitude])
    const half = point.count !== undefined ? 18 : point.shape === 'dot' ? 6 : 15
    obstacles.push({ id: point.id, left: x - half, top: y - half, right: x + half, bottom: y + half })
    if (point.text === undefined || isSaid(point.text, x, y)) continue
    const width = textWidth(point.text)
    const gap = half + 2
    wishes.push({
      id: point.id,
      rank: point.rank ?? 0,
      width,
      height: TEXT_HEIGHT,
      spots: [
        { name: 'right', left: x + gap, top: y - TEXT_HEIGHT / 2 },
        { name: 'left', left: x - gap - width, top: y - TEXT_HEIGHT / 2 },
      ],
    })
  }
  const ends = new Map<string, readonly [number, number]>()
  for (const line of lines) {
    const width = textWidth(line.label) + 4
    const spots = PARTS.flatMap((part) => {
      const at = line.ways[0]?.[Math.floor((line.ways[0].length - 1) * part)]
      if (at === undefined) return []
      const { x, y } = map.latLngToContainerPoint([at[0], at[1]])
      const name = `${line.id} ${part}`
      ends.set(name, at)
      return { name, left: x - width / 2, top: y - 11 }
    })
    wishes.push({ id: `line ${line.id}`, rank: LINE_RANK, width, height: 22, spots })
  }
  const sides = layOutLabels(wishes, obstacles, { width: size.x, height: size.y })
  const badges = lines.flatMap((line) => {
    const at = ends.get(sides.get(`line ${line.id}`) ?? '')
    return at === undefined ? [] : { line, at }
  })
  return { sides, badges }
}
