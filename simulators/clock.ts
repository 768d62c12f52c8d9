/** Simulated time. Physics, timetables and meter intervals follow `now`; sockets follow real time. */
export interface SimClock {
  /** Simulated instant, epoch milliseconds. */
  now(): number
  /** Simulated seconds a real second. */
  readonly speed: number
}

export interface ClockOrigin {
  /** Simulated instant at `realOriginMs`. */
  originMs: number
  realOriginMs: number
  speed: number
}

/** A clock that any process which knows the same origin and speed reads alike: `origin + (real − realOrigin) × speed`. */
export function simClock(origin: ClockOrigin, real: () => number = Date.now): SimClock {
  return { speed: origin.speed, now: () => origin.originMs + (real() - origin.realOriginMs) * origin.speed }
}

/** Reads `--origin`, `--real-origin` (both ISO 8601) and `--speed`; without an origin, simulated time starts at the present. Throws on an unreadable value. */
export function clockOrigin(
  values: { origin?: string; realOrigin?: string; speed?: string },
  realNow: number,
): ClockOrigin {
  const speed = values.speed === undefined ? 1 : Number(values.speed)
  if (!Number.isFinite(speed) || speed <= 0)
    throw new RangeError(`--speed must be a positive number, not ${values.speed}`)
  return {
    originMs: values.origin === undefined ? realNow : instant('--origin', values.origin),
    realOriginMs: values.realOrigin === undefined ? realNow : instant('--real-origin', values.realOrigin),
    speed,
  }
}

function instant(name: string, text: string): number {
  const ms = Date.parse(text)
  if (Number.isNaN(ms)) throw new RangeError(`${name} must be an ISO 8601 instant, not ${text}`)
  return ms
}
