import type { Words } from '../words.ts'

/** What came of asking other services: markets, weather, and the feed that tells where buses are. */
export const OUTSIDE_WORDS = {
  outside_unreachable: ['not reachable', 'няма връзка', 'немає зв’язку'],
  outside_late: ['no answer in time', 'няма отговор навреме', 'немає вчасної відповіді'],
  outside_brokenOff: [
    'the line broke in the middle of the answer',
    'връзката прекъсна по средата на отговора',
    'зв’язок урвався посеред відповіді',
  ],
  outside_tooLarge: ['the answer is too large', 'отговорът е твърде голям', 'відповідь завелика'],
  outside_status: ['HTTP {status}', 'HTTP {status}', 'HTTP {status}'],
  outside_unreadable: [
    'the answer cannot be read',
    'отговорът не може да се прочете',
    'відповідь не вдається прочитати',
  ],
  outside_nothing: [
    'the answer has nothing for this day',
    'в отговора няма нищо за този ден',
    'у відповіді немає нічого на цей день',
  ],
  outside_keyRefused: [
    'the key (ENTSOE_TOKEN) is not accepted',
    'ключът (ENTSOE_TOKEN) не е приет',
    'ключ (ENTSOE_TOKEN) не прийнято',
  ],
  outside_tooOften: [
    'too many questions in a minute',
    'твърде много запитвания за минута',
    'забагато запитів за хвилину',
  ],

  // ---- the feed of positions ----
  feed_unreachable: [
    'It is not reachable.',
    'Няма връзка със системата, която ги изпраща.',
    'Немає зв’язку із системою, що їх надсилає.',
  ],
  feed_late: ['It gives no answer in time.', 'Отговорът не идва навреме.', 'Відповідь не надходить вчасно.'],
  feed_brokenOff: [
    'It breaks off in the middle of its answer.',
    'Връзката прекъсва по средата на отговора.',
    'Зв’язок уривається посеред відповіді.',
  ],
  feed_tooLarge: ['It is too large.', 'Отговорът е твърде голям.', 'Відповідь завелика.'],
  feed_status: ['It answers with HTTP {status}.', 'Отговорът е HTTP {status}.', 'Відповідь — HTTP {status}.'],
  feed_still: [
    'It has not changed since {at}.',
    'Данните не са се променяли от {at}.',
    'Дані не змінювалися від {at}.',
  ],
  feed_ahead: [
    'It has a clock that runs ahead: it says {at}.',
    'Часовникът на източника избързва: показва {at}.',
    'Годинник джерела поспішає: показує {at}.',
  ],
  feed_future: [
    'It tells only times that have not come yet.',
    'Всички моменти в данните са в бъдещето.',
    'Усі моменти в даних іще не настали.',
  ],
  feed_noMessage: [
    'It is no GTFS-Realtime message.',
    'Отговорът не е съобщение на GTFS-Realtime.',
    'Відповідь не є повідомленням GTFS-Realtime.',
  ],
  feed_tooMany: [
    'It has more than {n} entities.',
    'Записите в отговора са повече от {n}.',
    'Записів у відповіді понад {n}.',
  ],
} as const satisfies Words
