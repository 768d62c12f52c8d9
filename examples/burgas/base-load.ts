/**
 * What the depot draws beside its chargers, by month and local hour, less what its solar plant of 1 MW gives on average: never less than nothing, since what is left over in
 * summer is not counted here. The planner knows no solar power yet; this is how it gets the good of it meanwhile.
 */

/** kWh a month from each kW of panels, January first: about 1,280 in a year, as is usual on the coast. */
const YIELD_KWH_PER_KW = [52, 65, 100, 125, 145, 152, 165, 158, 122, 92, 60, 44]
const PANELS_KW = 1000
const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
/** Hours of daylight around the middle of the month, and when the sun stands highest by the clock on the wall. */
const DAYLIGHT_HOURS = [9.4, 10.6, 12, 13.5, 14.7, 15.3, 15, 13.9, 12.5, 11.1, 9.8, 9.1]
const NOON = [12.3, 12.4, 12.3, 13.2, 13.1, 13.2, 13.2, 13.2, 13.1, 12.9, 11.9, 12.1]
/** Heating of workshop and offices by month, in kW, while people are there; a third of it at night. */
const HEATING_KW = [70, 65, 45, 20, 5, 0, 0, 0, 5, 20, 45, 65]
/** Lights, compressors, wash, kitchens and the filling of gas buses in the evening, by hour, in kW. */
const USE_KW = [
  95, 80, 55, 50, 60, 75, 90, 110, 120, 125, 125, 120, 115, 120, 125, 120, 115, 110, 120, 150, 175, 180, 165, 130,
]

/** The most that is ever drawn: a cold evening without sun. */
export const MOST_KW = 250

/** Means in kW: twelve months of 24 hours. */
export const hourlyBaseLoadKw: number[][] = HEATING_KW.map((heatingKw, month) => {
  const sun = Array.from({ length: 24 }, (_, hour) => sunAt(month, hour + 0.5))
  const all = sun.reduce((sum, share) => sum + share, 0)
  const kwhADay = ((YIELD_KWH_PER_KW[month] ?? 0) * PANELS_KW) / (DAYS[month] ?? 30)
  return USE_KW.map((useKw, hour) => {
    const heatsKw = hour >= 6 && hour < 19 ? heatingKw : heatingKw / 3
    const solarKw = (kwhADay * (sun[hour] ?? 0)) / all
    return Math.max(0, Math.round(useKw + heatsKw - solarKw))
  })
})

/** How high the sun's power stands in an hour, as a share of an even day's: a bell between sunrise and sunset. */
function sunAt(month: number, hour: number): number {
  const half = (DAYLIGHT_HOURS[month] ?? 12) / 2
  const away = Math.abs(hour - (NOON[month] ?? 12.5)) / half
  return away >= 1 ? 0 : Math.cos((away * Math.PI) / 2) ** 1.4
}
