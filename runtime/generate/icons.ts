import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { chromium } from 'playwright-core'

/** Draws the icons of the installed pages from the favicon: `npm run icons`, in Debian's Chromium. They are committed, since a phone asks for them before anything is built. */

const WEB = new URL('../../web/public/', import.meta.url)
/** Of a maskable icon only a circle of 80 % is sure to be seen (W3C, Web App Manifest); a phone's home screen cuts corners off the others too. */
const ICONS = [
  { name: 'icon-192', size: 192, share: 1, ground: 'transparent' },
  { name: 'icon-512', size: 512, share: 1, ground: 'transparent' },
  { name: 'icon-180', size: 180, share: 1, ground: '#12814b' },
  { name: 'maskable-512', size: 512, share: 0.8, ground: '#12814b' },
]

const svg = await readFile(new URL('favicon.svg', WEB), 'utf8')
const browser = await chromium.launch({
  executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu'],
})
await mkdir(new URL('icons/', WEB), { recursive: true })
for (const { name, size, share, ground } of ICONS) {
  const page = await browser.newPage({ viewport: { width: size, height: size } })
  const source = `data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`
  await page.setContent(
    `<body style="margin:0;height:100vh;display:grid;place-items:center;background:${ground}"><img src="${source}" style="width:${share * 100}%"></body>`,
  )
  const png = await page.screenshot({ omitBackground: true })
  await writeFile(new URL(`icons/${name}.png`, WEB), png)
  console.log(`${name}.png: ${png.byteLength} bytes`)
  await page.close()
}
await browser.close()
