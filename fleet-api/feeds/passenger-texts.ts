import type { Language } from '../../domain/language.ts'

interface Notice {
  header: Record<Language, string>
  /** `{route}` and `{time}` stand for the line and the scheduled time. */
  text: Record<Language, string>
  /** The same in words that a voice reads well. */
  spoken: Record<Language, string>
}

/** Why a trip does not run, by the reason that the prediction has. */
const CANCELLED: Record<string, Notice> = {
  energy: {
    header: {
      en: 'Trip cancelled',
      bg: 'Курсът отпада',
      uk: 'Рейс скасовано',
    },
    text: {
      en: 'Line {route} at {time} does not run: its bus will not have enough energy. Please take the next one.',
      bg: 'Курсът на линия {route} в {time} отпада: автобусът няма да има достатъчно енергия. Моля, изчакайте следващия.',
      uk: 'Рейс маршруту {route} о {time} скасовано: автобусу не вистачить заряду. Будь ласка, зачекайте на наступний.',
    },
    spoken: {
      en: 'The trip of line {route} at {time} is cancelled, because its bus will not have enough energy. Please take the next one.',
      bg: 'Курсът на линия {route} в {time} часа отпада, защото автобусът няма да има достатъчно енергия. Моля, изчакайте следващия.',
      uk: 'Рейс маршруту {route} о {time} скасовано, тому що автобусу не вистачить заряду. Будь ласка, зачекайте на наступний.',
    },
  },
  other: {
    header: { en: 'Trip cancelled', bg: 'Курсът отпада', uk: 'Рейс скасовано' },
    text: {
      en: 'Line {route} at {time} does not run. Please take the next one.',
      bg: 'Курсът на линия {route} в {time} отпада. Моля, изчакайте следващия.',
      uk: 'Рейс маршруту {route} о {time} скасовано. Будь ласка, зачекайте на наступний.',
    },
    spoken: {
      en: 'The trip of line {route} at {time} is cancelled. Please take the next one.',
      bg: 'Курсът на линия {route} в {time} часа отпада. Моля, изчакайте следващия.',
      uk: 'Рейс маршруту {route} о {time} скасовано. Будь ласка, зачекайте на наступний.',
    },
  },
}

const REPLACED: Notice = {
  header: { en: 'Another bus runs', bg: 'Смяна на автобуса', uk: 'Заміна автобуса' },
  text: {
    en: 'Line {route} at {time} is run by another bus.',
    bg: 'Курсът на линия {route} в {time} се изпълнява от друг автобус.',
    uk: 'Рейс маршруту {route} о {time} виконує інший автобус.',
  },
  spoken: {
    en: 'The trip of line {route} at {time} is run by another bus.',
    bg: 'Курсът на линия {route} в {time} часа се изпълнява от друг автобус.',
    uk: 'Рейс маршруту {route} о {time} виконує інший автобус.',
  },
}

export interface NoticeTexts {
  header: string
  text: string
  spoken: string
}

export interface PassengerNotice extends NoticeTexts {
  /** What became of the trip. */
  kind: 'cancelled' | 'replaced'
  /** Why, as far as it is known. */
  reason: 'energy' | 'other'
  /** The same in every language. */
  translations: Record<Language, NoticeTexts>
}

/** What passengers are told of a trip that does not run, or that another bus runs. `time` is the scheduled local time. */
export function passengerNotice(
  trip: { kind: PassengerNotice['kind']; reason: string | null; route: string | null; time: string },
  language: Language,
): PassengerNotice {
  const notice = trip.kind === 'replaced' ? REPLACED : (CANCELLED[trip.reason ?? ''] ?? CANCELLED['other'])
  const fill = (texts: Record<Language, string> | undefined, into: Language): string =>
    (texts?.[into] ?? '').replaceAll('{route}', trip.route ?? '').replaceAll('{time}', trip.time)
  const textsIn = (into: Language): NoticeTexts => ({
    header: fill(notice?.header, into),
    text: fill(notice?.text, into),
    spoken: fill(notice?.spoken, into),
  })
  return {
    kind: trip.kind,
    reason: trip.reason === 'energy' ? 'energy' : 'other',
    ...textsIn(language),
    translations: { en: textsIn('en'), bg: textsIn('bg'), uk: textsIn('uk') },
  }
}

/** `HH:MM` by the stop's clock. */
export function localTime(at: Date, timeZone: string): string {
  return new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(at)
}
