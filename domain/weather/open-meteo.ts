import { z } from 'zod'
import { SaidError } from '../sentences/said-error.ts'
import { say } from '../sentences/sentence.ts'

/** The outdoor temperature from an instant on. */
export interface TemperatureAt {
  at: Date
  temperatureC: number
}

const MOST_HOURS = 10_000

/** An answer of Open-Meteo's forecast or archive (`hourly=temperature_2m`), as far as it is used. */
export const openMeteoAnswer = z.object({
  utc_offset_seconds: z.int().min(-86_400).max(86_400).default(0),
  hourly_units: z.object({ time: z.string().max(40), temperature_2m: z.string().max(10) }),
  hourly: z.object({
    time: z.array(z.union([z.string().max(40), z.number()])).max(MOST_HOURS),
    temperature_2m: z.array(z.number().nullable()).max(MOST_HOURS),
  }),
})

/**
 * Temperatures from an answer of Open-Meteo. Times without an offset are `utc_offset_seconds` ahead of UTC all through the answer, also over a change of the clocks; those in
 * seconds since 1970 are UTC. Hours without a value are left out, and so are temperatures that cannot be meant. Throws SaidError on units it does not know and on columns of
 * different lengths.
 */
export function readOpenMeteo(answer: z.output<typeof openMeteoAnswer>): TemperatureAt[] {
  const { hourly, hourly_units: units, utc_offset_seconds: offsetS } = answer
  if (hourly.time.length !== hourly.temperature_2m.length)
    throw new SaidError(
      say('weatherColumns', { times: hourly.time.length, temperatures: hourly.temperature_2m.length }),
    )
  const toCelsius = { '°C': (value: number) => value, '°F': (value: number) => ((value - 32) * 5) / 9 }[
    units.temperature_2m
  ]
  if (toCelsius === undefined) throw new SaidError(say('weatherUnit', { unit: units.temperature_2m }))
  return hourly.time.flatMap((time, i) => {
    const value = hourly.temperature_2m[i] ?? null
    if (value === null) return []
    const temperatureC = Math.round(toCelsius(value) * 10) / 10
    return Math.abs(temperatureC) > 70 ? [] : [{ at: instantOf(time, offsetS), temperatureC }]
  })
}

function instantOf(time: string | number, offsetS: number): Date {
  const ms = typeof time === 'number' ? time * 1000 : Date.parse(`${time}Z`) - offsetS * 1000
  const readable = typeof time === 'number' || /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?$/.test(time)
  if (!readable || !(Math.abs(ms) < 4e12)) throw new SaidError(say('weatherTime', { time: String(time) }))
  return new Date(ms)
}
