const MINUTE_MS = 60_000
const DAY_MINUTES = 1440
const UNITS = {
  en: { second: 's', minute: 'min', hour: 'h', day: 'd' },
  bg: { second: 'с', minute: 'мин', hour: 'ч', day: 'д' },
  uk: { second: 'с', minute: 'хв', hour: 'год', day: 'д' },
}

export type Format = ReturnType<typeof createFormat>

/** Figures and times as people of the site read them: the language's digits, the site's time zone, 24 hours a day. Instants are epoch ms. */
export function createFormat(locale: string, timeZone: string) {
  const dateTime = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(locale, { timeZone, hourCycle: 'h23', ...options })
  const number = (options: Intl.NumberFormatOptions) => new Intl.NumberFormat(locale, options)
  const time = dateTime({ hour: '2-digit', minute: '2-digit' })
  const day = dateTime({ weekday: 'short', day: 'numeric', month: 'short' })
  const dayShort = dateTime({ day: 'numeric', month: 'short' })
  const monthShort = dateTime({ month: 'short', year: 'numeric' })
  const weekday = dateTime({ weekday: 'short' })
  const whole = number({ maximumFractionDigits: 0 })
  const tenth = number({ minimumFractionDigits: 1, maximumFractionDigits: 1 })
  const oneDecimal = number({ maximumFractionDigits: 1 })
  // Ukrainian writes EUR unless it is asked for the sign.
  const money = number({ style: 'currency', currency: 'EUR', currencyDisplay: 'narrowSymbol' })
  const price = number({ minimumFractionDigits: 3, maximumFractionDigits: 3 })
  // In English, for it is read as a number: Bulgarian writes 04 ч.
  const hourOf = new Intl.DateTimeFormat('en-GB', { timeZone, hourCycle: 'h23', hour: '2-digit' })
  const full = dateTime({ day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit' })
  // A local date is no instant: it is read and written in one zone, so that none can move it.
  const calendar = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(locale, { timeZone: 'UTC', ...options })
  const date = calendar({ day: 'numeric', month: 'short', year: 'numeric' })
  const month = calendar({ month: 'long', year: 'numeric' })
  const iso = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' })
  const digitsOf = new Map<number, Intl.NumberFormat>()
  const parts = dateTime({ year: 'numeric', month: '2-digit', day: '2-digit' })

  const units = locale.startsWith('bg') ? UNITS.bg : locale.startsWith('uk') ? UNITS.uk : UNITS.en

  const kw = (watts: number): string =>
    watts !== 0 && Math.abs(watts) < 9_950 ? tenth.format(watts / 1000) : whole.format(watts / 1000)
  const dayKey = (at: number): string => parts.format(at)
  return {
    locale,
    timeZone,
    /** 21:42 */
    time: (at: number): string => time.format(at),
    /** Mon 23 Nov */
    day: (at: number): string => day.format(at).replace(',', ''),
    /** 23 Nov */
    dayShort: (at: number): string => dayShort.format(at),
    /** Nov 2026, of an instant. */
    monthShort: (at: number): string => monthShort.format(at),
    /** 05:10, or "Tue 05:10" when it is not today, seen from `now`. */
    timeFrom: (at: number, now: number): string =>
      Math.abs(at - now) < 12 * 60 * MINUTE_MS || dayKey(at) === dayKey(now)
        ? time.format(at)
        : `${weekday.format(at)} ${time.format(at)}`,
    /** 23 Nov 2026, 21:42 */
    dateTime: (at: number): string => full.format(at),
    /** 23 Nov 2026, of a local date `YYYY-MM-DD`. */
    date: (localDate: string): string => date.format(Date.parse(`${localDate}T00:00:00Z`)),
    /** October 2026, of `YYYY-MM` or any date in it. */
    month: (localDate: string): string => month.format(Date.parse(`${localDate.slice(0, 7)}-01T00:00:00Z`)),
    /** The site's local date of an instant, `YYYY-MM-DD`. */
    isoDate: (at: number): string => iso.format(at),
    dayKey,
    /** The local hour, 0 to 23. */
    hour: (at: number): number => Number(hourOf.format(at)),
    whole: (value: number): string => whole.format(value),
    /** With exactly so many digits behind the point. */
    fixed: (value: number, digits: number): string => {
      const known = digitsOf.get(digits)
      const one = known ?? number({ minimumFractionDigits: digits, maximumFractionDigits: digits })
      if (known === undefined) digitsOf.set(digits, one)
      return one.format(value)
    },
    oneDecimal: (value: number): string => oneDecimal.format(value),
    kw,
    kwh: (wattHours: number): string => (Math.abs(wattHours) < 99_500 ? oneDecimal : whole).format(wattHours / 1000),
    money: (microEur: number): string => money.format(microEur / 1e6),
    price: (microEurPerKwh: number): string => price.format(microEurPerKwh / 1e6),
    percent: (value: number): string => whole.format(value),
    /** 7 h 43 min; 12 min; 40 s. */
    duration: (ms: number): string => {
      const minutes = Math.round(Math.abs(ms) / MINUTE_MS)
      if (Math.abs(ms) < MINUTE_MS - 500) return `${Math.round(Math.abs(ms) / 1000)} ${units.second}`
      if (minutes < 60) return `${minutes} ${units.minute}`
      if (minutes >= 2 * DAY_MINUTES) return `${Math.round(minutes / DAY_MINUTES)} ${units.day}`
      const hours = `${Math.floor(minutes / 60)} ${units.hour}`
      return minutes % 60 === 0 ? hours : `${hours} ${minutes % 60} ${units.minute}`
    },
  }
}
