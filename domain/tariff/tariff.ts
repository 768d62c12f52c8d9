import { z } from 'zod'

const localTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/, 'HH:MM')
const localDate = z.iso.date()
const seriesName = z
  .string()
  .min(1)
  .max(48)
  .regex(/^[\w.:-]+$/, 'letters, digits and _ . : - only')

const zone = z.strictObject({
  from: localTime,
  to: localTime.describe('Earlier than `from` means the next day.'),
  days: z
    .array(z.enum(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']))
    .min(1)
    .max(7)
    .optional()
    .describe('All days when left out.'),
  months: z
    .array(z.int().min(1).max(12))
    .min(1)
    .max(12)
    .optional()
    .describe('The whole year when left out; 1 is January.'),
  eurPerKwh: z.number().min(-10).max(10),
})

/** What energy costs at a site: a market's series, a two- or three-zone tariff, the network, the monthly peak. */
export const siteTariff = z
  .strictObject({
    zones: z
      .array(zone)
      .min(1)
      .max(100)
      .optional()
      .describe('Time-of-use energy prices in the site’s local time; the first zone that fits wins.'),
    series: seriesName
      .optional()
      .describe(
        'Name of a price series (npm run import -- prices, or entsoe:ZONE, which is fetched); wins over zones where it has a price.',
      ),
    networkZones: z
      .array(zone)
      .min(1)
      .max(100)
      .optional()
      .describe('Network charges by time of use; where none fits, networkEurPerKwh.'),
    networkEurPerKwh: z.number().min(0).max(10).default(0),
    peakEurPerKw: z.number().min(0).max(1000).default(0).describe('Monthly charge on the highest quarter-hour mean.'),
    holidays: z.array(localDate).max(500).optional().describe('Public holidays; in every zone they count as Sundays.'),
    carbonSeries: seriesName
      .optional()
      .describe('Name of a carbon series in g per kWh; left out, the one named like the price series.'),
  })
  .describe('What energy costs at the site.')

export type SiteTariff = z.output<typeof siteTariff>
export type TariffZones = NonNullable<SiteTariff['zones']>

/** The carbon series that a tariff goes by; null: none. */
export function carbonSeriesOf(tariff: Pick<SiteTariff, 'series' | 'carbonSeries'> | null): string | null {
  return tariff?.carbonSeries ?? tariff?.series ?? null
}
