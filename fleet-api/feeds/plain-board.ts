import { html } from 'hono/html'
import { BOARD_TEXTS } from './board-texts.ts'
import { LANGUAGES, type Language } from '../../domain/language.ts'
import { localTime } from './passenger-texts.ts'
import type { StopArrivals } from './stop-arrivals.ts'
import type { BoardRow } from './stop-board.ts'

/** From here on a clock time says more than minutes. */
const LONGEST_MINUTES = 30
const NAMES: Record<Language, string> = { bg: 'Български', uk: 'Українська', en: 'English' }
const LOCALES: Record<Language, string> = { bg: 'bg', uk: 'uk', en: 'en-GB' }

type Markup = ReturnType<typeof html>

/** A stop's board as HTML that any browser of the last thirty years shows: a table, no script, renewed every 30 seconds. */
export function plainBoard(board: StopArrivals, language: Language, now: Date): Markup {
  const t = BOARD_TEXTS[language]
  const { stop, timeZone, items } = board
  const name = language === 'en' ? board.nameLatin : stop.name
  const notices = items.flatMap((row) => (row.notice === null ? [] : [row.notice.translations[language].text]))
  const several = items.some((row) => row.stopId !== stop.stopId)
  const address = `/stop/${encodeURIComponent(stop.stopId)}`
  const column = (text: string): Markup => html`<th scope="col">${text}</th>`
  const columns = [t.line, t.destination, t.expected, t.status, ...(several ? [t.stopCode.replace('{code}', '')] : [])]
  const body = html`<h1>${name}</h1>
    <p>
      ${stop.code === null ? '' : html`${t.stopCode.replace('{code}', stop.code)}.`}
      <strong>${t.live[board.live]}</strong>
    </p>
    ${
      items.length === 0
        ? html`<p>${board.endsHere ? t.endsHere : `${t.empty} ${nextText(board, language, now)}`}</p>`
        : html`<table>
            <thead>
              <tr>
                ${columns.map(column)}
              </tr>
            </thead>
            <tbody>
              ${items.map((row) => tableRow(row, { language, timeZone, several }))}
            </tbody>
          </table>`
    }
    ${
      notices.length === 0
        ? ''
        : html`<h2>${t.alerts}</h2>
            <ul>
              ${notices.map((text) => html`<li>${text}</li>`)}
            </ul>`
    }
    <p>
      ${t.updated.replace('{time}', clockTime(now, timeZone))} <a href="?plain&amp;lang=${language}">${t.refresh}</a>
    </p>
    <p>
      <a href="${address}">${t.full}</a> | <a href="/stops">${t.stops}</a> | ${t.otherLanguages}:
      ${LANGUAGES.map(
        (one) => html`<a href="?plain&amp;lang=${one}" lang="${one}" hreflang="${one}">${NAMES[one]}</a> `,
      )}
    </p>
    ${board.attribution.text === null ? '' : html`<p>${board.attribution.text}</p>`}`
  return document({ language, title: `${name} - ${t.title}`, body, renewed: true })
}

/** The same for a stop that is not there. */
export function plainMissing(stopId: string, language: Language): Markup {
  const t = BOARD_TEXTS[language]
  const body = html`<h1>${t.missingTitle}</h1>
    <p>${t.missing.replace('{id}', stopId)}</p>
    <p><a href="/stops">${t.stops}</a></p>`
  return document({ language, title: t.missingTitle, body, renewed: false })
}

function document(page: { language: Language; title: string; body: Markup; renewed: boolean }): Markup {
  return html`<!doctype html>
    <html lang="${page.language}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        ${page.renewed ? html`<meta http-equiv="refresh" content="30" />` : ''}
        <title>${page.title}</title>
        <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
        <link rel="stylesheet" href="/plain.css" />
      </head>
      <body>
        <main>${page.body}</main>
      </body>
    </html>`
}

function tableRow(row: BoardRow, at: { language: Language; timeZone: string; several: boolean }): Markup {
  const t = BOARD_TEXTS[at.language]
  const headsign = (at.language === 'en' ? row.headsignLatin : row.headsign) ?? ''
  const gone = row.status === 'cancelled' || row.departed
  const scheduled = localTime(row.scheduledAt, at.timeZone)
  const expected = row.predictedAt === null ? scheduled : localTime(row.predictedAt, at.timeZone)
  const soon = row.minutes !== null && row.predictedAt !== null && !row.departed && row.minutes <= LONGEST_MINUTES
  const shown = !soon ? expected : row.minutes === 0 ? t.now : t.minutes.replace('{n}', String(row.minutes))
  return html`<tr>
    <td>${row.route ?? ''}</td>
    <td>${gone ? html`<del>${headsign}</del>` : headsign}</td>
    <td>
      ${gone ? html`<del>${scheduled}</del>` : row.status !== 'late' && row.status !== 'early' ? shown : html`<del>${scheduled}</del> ${shown}`}
    </td>
    <td>${statusText(row, at.language)}</td>
    ${at.several ? html`<td>${row.stopCode ?? ''}</td>` : ''}
  </tr>`
}

function statusText(row: BoardRow, language: Language): string {
  const t = BOARD_TEXTS[language]
  if (row.departed) return t.left
  const differenceMs = row.predictedAt === null ? 0 : row.predictedAt.getTime() - row.scheduledAt.getTime()
  const minutes = Math.floor(Math.abs(differenceMs) / 60_000)
  const word = t.statuses[row.status].replace('{n}', String(minutes))
  return row.old && row.predictedAt !== null ? `${word} (${t.old})` : word
}

function nextText({ next, timeZone }: StopArrivals, language: Language, now: Date): string {
  const t = BOARD_TEXTS[language]
  if (next === null) return t.noNext
  const day = new Intl.DateTimeFormat(LOCALES[language], { timeZone, weekday: 'long', day: 'numeric', month: 'long' })
  const time = localTime(next.scheduledAt, timeZone)
  const when = day.format(next.scheduledAt) === day.format(now) ? time : `${day.format(next.scheduledAt)}, ${time}`
  return t.next
    .replace('{route}', next.route ?? '')
    .replace('{to}', (language === 'en' ? next.headsignLatin : next.headsign) ?? '')
    .replace('{time}', when)
}

function clockTime(at: Date, timeZone: string): string {
  return new Intl.DateTimeFormat('en-GB', { timeZone, timeStyle: 'medium', hourCycle: 'h23' }).format(at)
}
