import { z } from '@hono/zod-openapi'
import { say } from '../../domain/sentences/sentence.ts'
import { refusing } from '../../domain/sentences/issue-sentence.ts'

export const latitude = z.number().min(-90).max(90)
export const longitude = z.number().min(-180).max(180)

/** `latitude,longitude` in degrees. */
export const pointInput = z
  .string()
  .max(60)
  .transform((text, context) => {
    const [latitude, longitude, ...rest] = numbers(text)
    if (
      latitude === undefined ||
      longitude === undefined ||
      rest.length > 0 ||
      Math.abs(latitude) > 90 ||
      Math.abs(longitude) > 180
    ) {
      context.addIssue({ code: 'custom', ...refusing(say('notPoint')) })
      return z.NEVER
    }
    return { latitude, longitude }
  })
  .openapi({ type: 'string', description: 'latitude,longitude', example: '42.0209,23.0943' })

/** `west,south,east,north` in degrees, as in GeoJSON; west may exceed east, across the date line. */
export const boxInput = z
  .string()
  .max(120)
  .transform((text, context) => {
    const [west, south, east, north, ...rest] = numbers(text)
    if (
      west === undefined ||
      south === undefined ||
      east === undefined ||
      north === undefined ||
      rest.length > 0 ||
      south > north
    ) {
      context.addIssue({ code: 'custom', ...refusing(say('notBox')) })
      return z.NEVER
    }
    return { west, south, east, north }
  })
  .openapi({ type: 'string', description: 'west,south,east,north', example: '23.05,41.98,23.13,42.05' })

/** Numbers between commas; none at all when one part is no number. */
function numbers(text: string): number[] {
  const parts = text
    .split(',')
    .map((part) => (/^\s*[+-]?\d{1,3}(\.\d{1,15})?\s*$/.test(part) ? Number(part) : Number.NaN))
  return parts.some((part) => Number.isNaN(part)) ? [] : parts
}
